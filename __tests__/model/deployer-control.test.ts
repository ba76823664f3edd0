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

describe("a hub that is the management account", () => {
  const roles = { ci: { accounts: ["root"], trusts: EC2 } };
  const settings = { bootstrap: { deployer: { account: "root", role: "ci" } } };
  const principals = (root: object) =>
    deployerControl(
      modelOf({
        settings,
        roles,
        accounts: { root: { id: "100000000001", management: true, ...root } },
      }),
    ).map(({ principal }) => principal);

  test("has no access role: AWS Organizations makes none there", () => {
    expect(principals({})).toEqual([]);
  });

  test("has the access role that its entry names", () => {
    expect(principals({ accessRole: "Admin" })).toEqual(["arn:aws:iam::100000000001:role/Admin"]);
  });
});

test("whoever is of an account that the deployer trusts wholly controls it", () => {
  const identities = { root: { users: { alice: {} }, groups: { ops: { users: ["alice"] } } } };
  const trusts = [{ account: "client" }, { account: "root", group: "ops" }, ...EC2];
  const model = modelOf({
    settings: { bootstrap: BOOTSTRAP },
    identities,
    roles: { ci: { accounts: ["shared"], trusts } },
  });

  expect(deployerControl(model)).toEqual(
    expect.arrayContaining([
      {
        principal: "arn:aws:iam::111122223333:root",
        because: "the deployer trusts all of account client",
      },
      {
        principal: "arn:aws:iam::100000000001:root",
        because: "the deployer trusts all of account root, for its group ops",
      },
    ]),
  );
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
    [
      "by taking a policy of it away",
      { Action: ["iam:DeleteRolePolicy", "iam:DetachRolePolicy"], Resource: DEPLOYER },
      "iam:DeleteRolePolicy, iam:DetachRolePolicy",
    ],
    [
      "by a new version of a policy",
      { Action: "iam:CreatePolicyVersion", Resource: "arn:aws:iam::444455556666:policy/base" },
      "iam:CreatePolicyVersion",
    ],
    [
      "by an old version of a policy",
      { Action: "iam:SetDefaultPolicyVersion", Resource: "*" },
      "iam:SetDefaultPolicyVersion",
    ],
  ])("that may change or pass it %s", (_, statement, actions) => {
    expect(allows(statement)).toEqual([[OPS, `a statement of its own allows ${actions}`]]);
  });

  test("that may delete it and make it again, by one statement or two", () => {
    const [made, deleted] = ["iam:CreateRole", "iam:DeleteRole"].map((Action) => ({
      Effect: "Allow",
      Action,
      Resource: DEPLOYER,
    }));

    expect(control({ statements: [made, deleted] })).toEqual([
      [OPS, "statements of its own allow iam:DeleteRole and iam:CreateRole"],
    ]);
    expect(control({ statements: [made] })).toEqual([]);
    expect(control({ statements: [deleted] })).toEqual([]);
  });

  test("that may do all but something else", () => {
    expect(allows({ NotAction: "s3:*", Resource: "*" })).toEqual([
      [OPS, "a statement of its own allows all but s3:*"],
    ]);
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
    [
      "that may change a bucket alone",
      { Action: "*", Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"] },
    ],
    ["that may read it", { Action: "iam:GetRole", Resource: "*" }],
  ])("%s", (_, statement) => {
    expect(allows(statement)).toEqual([]);
  });

  test("that is denied", () => {
    const statements = [{ Effect: "Deny", Action: "iam:*", Resource: "*" }];

    expect(control({ statements })).toEqual([]);
  });
});
