import { seedRole } from "../../src/rehearsal/seed";
import { assumeRole } from "../../src/rehearsal/assume-role";
import { deployStack } from "../../src/rehearsal/deploy";
import { principalOf } from "../../src/rehearsal/principal";
import type { Statement } from "../../src/iam/policy-document";
import {
  MANAGEMENT,
  MEMBER,
  OTHER,
  roleArn,
  rootOf,
  stackOf,
  trustOf,
  type StackParts,
} from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const ORGANIZATION = new Map([MANAGEMENT, MEMBER].map((id) => [id, "o-a1b2c3d4e5"] as const));
const NO_USERS: Statement = { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" };

interface Given {
  readonly type?: string;
  readonly name?: string;
  readonly statements?: readonly Statement[];
  readonly targets?: readonly string[];
}

function policy(given: Given): StackParts {
  const { type = "SERVICE_CONTROL_POLICY", name = "guard" } = given;
  const { statements = [NO_USERS], targets = [MEMBER] } = given;
  return {
    resource: {
      aws_organizations_policy: {
        it: {
          name,
          type,
          content: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
        },
      },
      aws_organizations_policy_attachment: Object.fromEntries(
        targets.map((target) => [
          `to-${target}`,
          { policy_id: "${aws_organizations_policy.it.id}", target_id: target },
        ]),
      ),
    },
  };
}

function world(): TestWorld {
  return new TestWorld({ organizationIds: ORGANIZATION, managementId: MANAGEMENT });
}

const USER: StackParts = { resource: { aws_iam_user: { alice: { name: "alice" } } } };

describe("a service control policy", () => {
  it("refuses what it denies to who deploys in the account, and says why", () => {
    const one = world();
    one.deploy(MANAGEMENT, policy({}));
    expect(failureOf(one.deploy(MEMBER, USER))).toBe(
      `aws_iam_user.alice: AccessDenied: User: arn:aws:iam::${MEMBER}:user/administrator is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${MEMBER}:* with an explicit deny in a service control policy`,
    );
  });

  it("refuses nothing before it is attached, nor once it is detached", () => {
    const one = world();
    one.deploy(MANAGEMENT, policy({ targets: [] }));
    expect(changesOf(one.deploy(MEMBER, USER))).toEqual(["create aws_iam_user.alice"]);
    one.deploy(MEMBER, {});
    one.deploy(MANAGEMENT, policy({}));
    expect(one.deploy(MEMBER, USER).ok).toBe(false);
    one.deploy(MANAGEMENT, policy({ targets: [] }));
    expect(one.deploy(MEMBER, USER).ok).toBe(true);
  });

  it("holds its new text at once", () => {
    const one = world();
    one.deploy(MANAGEMENT, policy({}));
    const harmless: Statement = { Effect: "Deny", Action: "ec2:*", Resource: "*" };
    expect(changesOf(one.deploy(MANAGEMENT, policy({ statements: [harmless] })))).toEqual([
      "update aws_organizations_policy.it (content)",
    ]);
    expect(one.deploy(MEMBER, USER).ok).toBe(true);
  });

  it("excepts whom its condition excepts", () => {
    const one = world();
    const Condition = {
      ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${MEMBER}:user/administrator` },
    };
    one.deploy(MANAGEMENT, policy({ statements: [{ ...NO_USERS, Condition }] }));
    expect(one.deploy(MEMBER, USER).ok).toBe(true);
  });

  it("does not bind the management account", () => {
    const one = world();
    one.deploy(MANAGEMENT, policy({ targets: [MANAGEMENT] }));
    expect(
      deployStack(one.terraform, "users", stackOf(MANAGEMENT, USER), one.administrator(MANAGEMENT)),
    ).toMatchObject({ ok: true });
  });

  it("refuses a changed trust policy, by the role that it is of", () => {
    const one = world();
    const role = (principal: string): StackParts => ({
      resource: { aws_iam_role: { foo: { name: "foo", assume_role_policy: trustOf(principal) } } },
    });
    one.deploy(MEMBER, role(rootOf(MEMBER)));
    const statement: Statement = {
      Effect: "Deny",
      Action: "iam:UpdateAssumeRolePolicy",
      Resource: roleArn(MEMBER, "foo"),
    };
    one.deploy(MANAGEMENT, policy({ statements: [statement] }));
    expect(changesOf(one.deploy(MEMBER, role(rootOf(MEMBER))))).toEqual([]);
    expect(failureOf(one.deploy(MEMBER, role(rootOf(OTHER))))).toContain(
      "is not authorized to perform: iam:UpdateAssumeRolePolicy",
    );
  });
});

describe("a resource control policy", () => {
  const DENY: Statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { ArnNotLikeIfExists: { "aws:PrincipalArn": roleArn(OTHER, "ci") } },
  };

  it("keeps from the roles of its account whom it does not name, whatever they trust", () => {
    const one = world();
    const administrator = one.administrator(OTHER);
    seedRole(one.aws, MEMBER, { name: "foo", path: "/", trustPolicy: trustOf(rootOf(OTHER)) });
    const assume = () => assumeRole(one.aws, administrator, roleArn(MEMBER, "foo"));
    expect(assume().arn).toBe(roleArn(MEMBER, "foo"));
    one.deploy(MANAGEMENT, policy({ type: "RESOURCE_CONTROL_POLICY", statements: [DENY] }));
    expect(assume).toThrow("is not authorized to perform: sts:AssumeRole");
    expect(() =>
      assumeRole(one.aws, principalOf(roleArn(OTHER, "ci")), roleArn(MEMBER, "foo")),
    ).toThrow("InvalidClientTokenId");
  });

  it.each([
    ["that allows", { ...DENY, Effect: "Allow" as const }],
    ["that names somebody", { ...DENY, Principal: { AWS: rootOf(OTHER) } }],
    ["with NotAction", { ...DENY, Action: undefined, NotAction: "s3:*" }],
  ])("%s is refused", (_, statement) => {
    const parts = policy({ type: "RESOURCE_CONTROL_POLICY", statements: [statement] });
    expect(failureOf(world().deploy(MANAGEMENT, parts))).toContain(
      "MalformedPolicyDocumentException",
    );
  });
});

describe("AWS Organizations refuses", () => {
  it("a policy that is made outside of the management account", () => {
    expect(failureOf(world().deploy(MEMBER, policy({})))).toContain("AccessDeniedException");
  });

  it("a name that is taken", () => {
    const one = world();
    one.deploy(MANAGEMENT, policy({}));
    const runAs = one.administrator(MANAGEMENT);
    const again = deployStack(one.terraform, "again", stackOf(MANAGEMENT, policy({})), runAs);
    expect(failureOf(again)).toContain("DuplicatePolicyException");
  });

  it("an account of another organization", () => {
    expect(failureOf(world().deploy(MANAGEMENT, policy({ targets: [OTHER] })))).toContain(
      "TargetNotFoundException",
    );
  });

  it("a service control policy that names a principal", () => {
    const parts = policy({ statements: [{ ...NO_USERS, Principal: "*" }] });
    expect(failureOf(world().deploy(MANAGEMENT, parts))).toContain(
      "MalformedPolicyDocumentException",
    );
  });

  it("a text over the quota", () => {
    const long = { ...NO_USERS, Resource: `arn:aws:iam::${MEMBER}:user/${"x".repeat(5_120)}` };
    expect(failureOf(world().deploy(MANAGEMENT, policy({ statements: [long] })))).toContain(
      "ConstraintViolationException",
    );
  });

  it("a fifth policy beside AWS's own", () => {
    const one = world();
    const runAs = one.administrator(MANAGEMENT);
    const deploy = (name: string) =>
      deployStack(one.terraform, name, stackOf(MANAGEMENT, policy({ name })), runAs);
    for (const name of ["one", "two", "three", "four"]) expect(deploy(name).ok).toBe(true);
    expect(failureOf(deploy("five"))).toContain("ConstraintViolationException");
  });
});

it("goes with its stack: detached, then deleted", () => {
  const one = world();
  one.deploy(MANAGEMENT, policy({}));
  expect(changesOf(one.deploy(MANAGEMENT, {}))).toEqual([
    `delete aws_organizations_policy_attachment.to-${MEMBER}`,
    "delete aws_organizations_policy.it",
  ]);
  expect(one.deploy(MEMBER, USER).ok).toBe(true);
});
