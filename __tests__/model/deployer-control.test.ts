import { deployerControl } from "../../src/model/deployer-control";
import { modelOf } from "./deployed";

const DEPLOYER = "arn:aws:iam::444455556666:role/ci";
const ACCESS_ROLE = "arn:aws:iam::444455556666:role/OrganizationAccountAccessRole";
const EC2 = [{ service: "ec2.amazonaws.com" }];

const BOOTSTRAP = {
  deployer: { account: "shared", role: "ci" },
  firstDeployers: ["arn:aws:iam::444455556666:user/founder"],
};

/** Who controls the deployer besides those that always do, when `role` is in the hub. */
function control(role: object, bootstrap: object = BOOTSTRAP): readonly (readonly string[])[] {
  const model = modelOf({
    settings: { bootstrap },
    roles: {
      ci: { accounts: ["shared"], trusts: EC2 },
      ops: { accounts: ["shared"], trusts: EC2, ...role },
    },
  });
  return deployerControl(model)
    .filter(({ principal }) => principal.endsWith("/ops"))
    .map(({ principal, because }) => [principal, because]);
}

function allows(statement: object): readonly (readonly string[])[] {
  return control({ statements: [{ Effect: "Allow", ...statement }] });
}

const OPS = "arn:aws:iam::444455556666:role/ops";

test("the hub's access role, first deployers and the hub's execution role control the deployer", () => {
  const model = modelOf({ settings: { bootstrap: BOOTSTRAP } });

  expect(deployerControl(model)).toEqual([
    { principal: ACCESS_ROLE, because: "the hub's access role administers the account" },
    {
      principal: "arn:aws:iam::444455556666:user/founder",
      because: "settings.bootstrap.firstDeployers",
    },
    {
      principal: "arn:aws:iam::444455556666:role/crosstrust-execution",
      because: "has AdministratorAccess",
    },
  ]);
});

test("without a bootstrap there is no deployer to control", () => {
  expect(deployerControl(modelOf({}))).toEqual([]);
});

describe("a role of the hub controls the deployer", () => {
  test.each(["AdministratorAccess", "IAMFullAccess"])("with %s", (policy) => {
    expect(control({ managedPolicies: [policy] })).toEqual([[OPS, `has ${policy}`]]);
  });

  test.each([
    ["by name", { Action: "iam:PassRole", Resource: DEPLOYER }, "iam:PassRole"],
    [
      "in other case",
      { Action: "IAM:updateassumerolepolicy", Resource: "*" },
      "IAM:updateassumerolepolicy",
    ],
    ["by a wildcard", { Action: ["s3:*", "iam:*Role*"], Resource: "*" }, "s3:*, iam:*Role*"],
    [
      "on a pattern of ARNs",
      { Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::${AccountId}:role/*" },
      "iam:PutRolePolicy",
    ],
  ])("that may change or pass it %s", (_, statement, actions) => {
    expect(allows(statement)).toEqual([[OPS, `a statement of its own allows ${actions}`]]);
  });

  test("that may do all but something else", () => {
    expect(allows({ NotAction: "s3:*", Resource: "*" })).toHaveLength(1);
    expect(allows({ Action: "iam:PassRole", NotResource: "arn:aws:s3:::logs" })).toHaveLength(1);
  });
});

describe("a role does not control the deployer", () => {
  test.each([
    ["with ReadOnlyAccess", { managedPolicies: ["ReadOnlyAccess"] }],
    ["in another account", { accounts: ["client"], managedPolicies: ["AdministratorAccess"] }],
  ])("%s", (_, role) => {
    expect(control(role)).toEqual([]);
  });

  test.each([
    ["that may pass another role", { Action: "iam:PassRole", Resource: OPS }],
    ["that may read it", { Action: "iam:GetRole", Resource: "*" }],
  ])("%s", (_, statement) => {
    expect(allows(statement)).toEqual([]);
  });

  test("that is denied", () => {
    const statements = [{ Effect: "Deny", Action: "iam:*", Resource: "*" }];

    expect(control({ statements })).toEqual([]);
  });
});
