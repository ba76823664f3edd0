import { accessOf } from "../../src/estate/access";
import { readEstate } from "../../src/estate/read-estate";
import { synthesizeInMemory } from "../../src/app";
import { resourcesOf, type StackJson } from "../constructs/stack-json";
import { modelOf, NO_EXTENSION, synthesize } from "./organization";

const ACCOUNTS = {
  root: { id: "100000000301", management: true },
  hub: { id: "100000000302" },
  dev: { id: "100000000303", tags: { env: "dev" } },
  prod: { id: "100000000304", tags: { env: "prod" } },
} as const;

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

function organization(permissionSets: object, identityCenter: object = {}) {
  return modelOf({
    settings: {
      organizationId: "o-a1b2c3d4e5",
      identityCenter: {
        instanceArn: INSTANCE,
        identityStoreId: "d-1234567890",
        ...identityCenter,
      },
    },
    accounts: ACCOUNTS,
    permissionSets,
    roles: {
      Admin: {
        accounts: ["dev", "prod"],
        trusts: [{ account: "hub", permissionSet: "Platform" }],
      },
    },
  });
}

const PLATFORM = {
  managedPolicies: ["ReadOnlyAccess"],
  sessionDuration: 5400,
  assignments: [
    { accounts: ["hub", "dev"], groups: ["platform"], users: ["grace@example.com"] },
    { accounts: ["*"], except: ["prod"], groups: ["platform"] },
  ],
};

/** The arguments of the resources of a type, without references. */
function argumentsOf(stack: StackJson, type: string, ...names: readonly string[]) {
  return Object.values(resourcesOf(stack, type)).map((resource) =>
    Object.fromEntries(names.map((name) => [name, resource[name]])),
  );
}

describe("permission sets", () => {
  const model = organization({ Platform: PLATFORM });
  const stacks = synthesize(model);

  test("stand in the stack of the account that administers Identity Center, and nowhere else", () => {
    expect(
      argumentsOf(stacks.root, "aws_ssoadmin_permission_set", "name", "session_duration"),
    ).toEqual([{ name: "Platform", session_duration: "PT1H30M" }]);
    for (const name of ["hub", "dev", "prod"]) {
      expect(JSON.stringify(stacks[name])).not.toContain("ssoadmin");
    }
  });

  test("may assume exactly the roles that trust them", () => {
    expect(
      argumentsOf(stacks.root, "aws_ssoadmin_permission_set_inline_policy", "inline_policy"),
    ).toEqual([
      {
        inline_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Resource: [
                "arn:aws:iam::100000000303:role/Admin",
                "arn:aws:iam::100000000304:role/Admin",
              ],
            },
          ],
        }),
      },
    ]);
  });

  test("are given to each group and user once in an account", () => {
    const assigned = argumentsOf(
      stacks.root,
      "aws_ssoadmin_account_assignment",
      "principal_type",
      "target_id",
    ).map(({ principal_type: type, target_id: id }) => `${type} ${id}`);
    expect(assigned.sort()).toEqual([
      "GROUP 100000000302",
      "GROUP 100000000303",
      "USER 100000000302",
      "USER 100000000303",
    ]);
  });

  test("are trusted by the account, both forms of the role's path, and 16 characters", () => {
    const [role] = Object.values(resourcesOf(stacks.dev, "aws_iam_role"));
    expect(JSON.parse(String(role.assume_role_policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::100000000302:root" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
          ArnLike: {
            "aws:PrincipalArn": [
              "arn:aws:iam::100000000302:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Platform_????????????????",
              "arn:aws:iam::100000000302:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Platform_????????????????",
            ],
          },
        },
      },
    ]);
  });

  test("are in the Region of Identity Center where that is another one", () => {
    const elsewhere = synthesize(
      organization({ Platform: PLATFORM }, { account: "hub", region: "eu-central-1" }),
    );
    expect(argumentsOf(elsewhere.hub, "aws_ssoadmin_permission_set", "region")).toEqual([
      { region: "eu-central-1" },
    ]);
  });
});

describe("the estate of permission sets", () => {
  function whoGetsIn(permissionSets: object, identityCenter: object = {}): readonly string[] {
    const estate = readEstate(
      synthesizeInMemory(organization(permissionSets, identityCenter), NO_EXTENSION),
      {
        organizationIds: new Map(Object.values(ACCOUNTS).map(({ id }) => [id, "o-a1b2c3d4e5"])),
      },
    );
    expect(estate.unknowns).toEqual([]);
    return accessOf(estate, { unlisted: "do not exist" }).map(
      ({ roleArn, principal, result }) => `${roleArn} ${principal} ${result}`,
    );
  }

  test("lets people in who have it in the trusted account, and in no other", () => {
    const principal =
      "arn:aws:iam::100000000302:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Platform_0000000000000000";
    expect(whoGetsIn({ Platform: PLATFORM })).toEqual([
      `arn:aws:iam::100000000303:role/Admin ${principal} allowed`,
      `arn:aws:iam::100000000304:role/Admin ${principal} allowed`,
    ]);
  });

  test("has the path of the Region of Identity Center", () => {
    const principal =
      "arn:aws:iam::100000000302:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Platform_0000000000000000";
    expect(whoGetsIn({ Platform: PLATFORM }, { region: "eu-central-1" })).toEqual([
      `arn:aws:iam::100000000303:role/Admin ${principal} allowed`,
      `arn:aws:iam::100000000304:role/Admin ${principal} allowed`,
    ]);
  });

  test("lets nobody in by a permission set whose name begins alike", () => {
    const other = { managedPolicies: ["AdministratorAccess"], assignments: PLATFORM.assignments };
    const named = whoGetsIn({ Platform: { assignments: [] }, Platform_Read: other });
    expect(named).toEqual([]);
  });

  test("lets nobody in where nobody has it in the trusted account", () => {
    const inDev = { ...PLATFORM, assignments: [{ accounts: ["dev"], groups: ["platform"] }] };
    expect(whoGetsIn({ Platform: inDev })).toEqual([]);
  });
});
