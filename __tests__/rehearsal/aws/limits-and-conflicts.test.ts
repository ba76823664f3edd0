import {
  createPolicy,
  deletePolicy,
  updatePolicy,
} from "../../../src/rehearsal/aws/customer-policies";
import {
  attachPolicy,
  deleteInlinePolicy,
  detachPolicy,
  putInlinePolicy,
  type HolderName,
} from "../../../src/rehearsal/aws/holder-policies";
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  removeRoleFromInstanceProfile,
} from "../../../src/rehearsal/aws/instance-profiles";
import { createRole, deleteRole, updateTrustPolicy } from "../../../src/rehearsal/aws/roles";
import type { SimulatedAccount } from "../../../src/rehearsal/aws/simulated-account";
import {
  addUserToGroup,
  createGroup,
  createUser,
  deleteGroup,
  deleteUser,
  removeUserFromGroup,
  renameUser,
} from "../../../src/rehearsal/aws/users-and-groups";
import { SimulatedAws } from "../../../src/rehearsal/simulated-aws";
import { HUB, mayAssume, MEMBER, roleArn, rootOf, trustOf } from "../stacks";

const origin = { stack: "test", address: "test" };
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const ROLE: HolderName = { kind: "role", name: "foo" };
const USER: HolderName = { kind: "user", name: "alice" };
const GROUP: HolderName = { kind: "group", name: "admins" };

/** An account with role `foo`, user `alice` and group `admins`. */
function account(quotas = { trustPolicy: 2_048, managedPoliciesPerRole: 10 }): SimulatedAccount {
  const made = new SimulatedAws({ quotas: new Map([[MEMBER, quotas]]) }).account(MEMBER);
  createRole(made, { name: "foo", trustPolicy: trustOf(rootOf(HUB)), origin });
  createUser(made, { name: "alice", origin });
  createGroup(made, { name: "admins", origin });
  return made;
}

/** An identity policy of exactly so many characters without white space. */
function policyOfSize(size: number): string {
  const empty = mayAssume("");
  return mayAssume("x".repeat(size - empty.length));
}

/** A trust policy of exactly so many characters without white space. */
function trustOfSize(size: number): string {
  const document = (sid: string): string =>
    JSON.stringify({
      Statement: [{ Sid: sid, Effect: "Allow", Principal: { AWS: HUB }, Action: "sts:AssumeRole" }],
    });
  return document("x".repeat(size - document("").length));
}

describe("a name", () => {
  it.each([
    [
      "role",
      (a: SimulatedAccount) => createRole(a, { name: "FOO", trustPolicy: trustOf(HUB), origin }),
      "Role with name FOO already exists.",
    ],
    [
      "user",
      (a: SimulatedAccount) => createUser(a, { name: "Alice", origin }),
      "User with name Alice already exists.",
    ],
    [
      "group",
      (a: SimulatedAccount) => createGroup(a, { name: "ADMINS", origin }),
      "Group with name ADMINS already exists.",
    ],
  ])("of a %s is taken whatever its case", (_kind, make, text) => {
    expect(() => make(account())).toThrow(new Error(`EntityAlreadyExists: ${text}`));
  });

  it("of a policy is taken whatever its path", () => {
    const a = account();
    createPolicy(a, { name: "p", path: "/a/", policy: [mayAssume("x")], origin });
    expect(() =>
      createPolicy(a, { name: "P", path: "/b/", policy: [mayAssume("x")], origin }),
    ).toThrow(
      "EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed.",
    );
  });

  it("of a role is free in another account, and again when the role is deleted", () => {
    const a = account();
    deleteRole(a, "foo");
    expect(() => createRole(a, { name: "Foo", trustPolicy: trustOf(HUB), origin })).not.toThrow();
  });

  it("fails to be given to a user in another's place", () => {
    const a = account();
    createUser(a, { name: "bob", origin });
    expect(() => renameUser(a, "bob", { name: "ALICE", path: "/" })).toThrow("EntityAlreadyExists");
  });
});

describe("a trust policy", () => {
  it("may be as long as the quota, not counting white space", () => {
    const a = account();
    const spaced = JSON.stringify(JSON.parse(trustOfSize(2_048)), null, 2);
    expect(() => updateTrustPolicy(a, "foo", spaced)).not.toThrow();
    expect(() => updateTrustPolicy(a, "foo", trustOfSize(2_049))).toThrow(
      new Error("LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048"),
    );
  });

  it("may be longer where AWS has raised the account's quota", () => {
    const a = account({ trustPolicy: 4_096, managedPoliciesPerRole: 10 });
    expect(() => updateTrustPolicy(a, "foo", trustOfSize(4_096))).not.toThrow();
    expect(() => updateTrustPolicy(a, "foo", trustOfSize(4_097))).toThrow("ACLSizePerRole: 4096");
  });
});

describe("inline policies", () => {
  it.each([
    [ROLE, 10_240],
    [USER, 2_048],
    [GROUP, 5_120],
  ])("of $kind are limited together", (holder, limit) => {
    const a = account();
    putInlinePolicy(a, holder, "first", [policyOfSize(1_000)], origin);
    const put = (size: number) => () =>
      putInlinePolicy(a, holder, "second", [policyOfSize(size)], origin);
    expect(put(limit - 999)).toThrow(
      new Error(
        `LimitExceeded: Maximum policy size of ${limit} bytes exceeded for ${holder.kind} ${holder.name}`,
      ),
    );
    expect(put(limit - 1_000)).not.toThrow();
    expect(put(limit - 1_000)).not.toThrow();
  });

  it.each([
    ["a principal", trustOf(HUB), "Policy document should not specify a principal."],
    [
      "no resource",
      JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole" }] }),
      "Policy statement must contain resources.",
    ],
    ["no JSON", "nothing", "This policy contains invalid Json"],
  ])("fail with %s in them", (_name, policy, text) => {
    expect(() => putInlinePolicy(account(), ROLE, "p", [policy], origin)).toThrow(
      new Error(`MalformedPolicyDocument: ${text}`),
    );
  });
});

describe("managed policies", () => {
  it("fail over 6,144 characters, when made and when changed", () => {
    const a = account();
    const make = (size: number) =>
      createPolicy(a, { name: "p", policy: [policyOfSize(size)], origin });
    expect(() => make(6_145)).toThrow(
      new Error("LimitExceeded: Cannot exceed quota for PolicySize: 6144"),
    );
    const { arn } = make(6_144);
    expect(() => updatePolicy(a, arn, [policyOfSize(6_145)])).toThrow("PolicySize");
  });

  it.each([
    [ROLE, "PoliciesPerRole"],
    [USER, "PoliciesPerUser"],
    [GROUP, "PoliciesPerGroup"],
  ])("are attached to one $kind ten times at most", (holder, quota) => {
    const a = account();
    const arns = Array.from(
      { length: 11 },
      (_, n) => createPolicy(a, { name: `p${n}`, policy: [mayAssume("x")], origin }).arn,
    );
    for (const arn of arns.slice(0, 10)) attachPolicy(a, holder, arn, origin);
    expect(() => attachPolicy(a, holder, arns[0], origin)).not.toThrow();
    expect(() => attachPolicy(a, holder, arns[10], origin)).toThrow(
      new Error(`LimitExceeded: Cannot exceed quota for ${quota}: 10`),
    );
  });

  it("are attached to a role more often where AWS has raised the account's quota", () => {
    const a = account({ trustPolicy: 2_048, managedPoliciesPerRole: 1 });
    attachPolicy(a, ROLE, READ_ONLY, origin);
    expect(() =>
      attachPolicy(a, ROLE, "arn:aws:iam::aws:policy/AdministratorAccess", origin),
    ).toThrow("PoliciesPerRole: 1");
  });

  it.each([
    ["a customer managed policy that does not exist", `arn:aws:iam::${MEMBER}:policy/none`],
    ["a policy of another account", `arn:aws:iam::${HUB}:policy/p`],
    ["an AWS managed policy by a wrong path", "arn:aws:iam::aws:policy/ViewOnlyAccess"],
    ["an AWS managed policy of another partition", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess"],
    ["what is no ARN", "ReadOnlyAccess"],
  ])("fail to be attached: %s", (_name, arn) => {
    expect(() => attachPolicy(account(), ROLE, arn, origin)).toThrow(
      new Error(`NoSuchEntity: Policy ${arn} does not exist or is not attachable.`),
    );
  });

  it("of service-linked roles fail to be attached", () => {
    const arn = "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy";
    expect(() => attachPolicy(account(), ROLE, arn, origin)).toThrow("PolicyNotAttachable");
  });
});

describe("deleting", () => {
  it("a role fails while policies or an instance profile hang on it", () => {
    const a = account();
    createInstanceProfile(a, { name: "profile", path: "/", origin });
    addRoleToInstanceProfile(a, "profile", "foo");
    attachPolicy(a, ROLE, READ_ONLY, origin);
    putInlinePolicy(a, ROLE, "p", [mayAssume("x")], origin);
    const remove = (): void => deleteRole(a, "foo");
    expect(remove).toThrow("DeleteConflict: Cannot delete entity, must remove roles from instance");
    expect(() => deleteInstanceProfile(a, "profile")).toThrow("DeleteConflict");
    removeRoleFromInstanceProfile(a, "profile", "foo");
    expect(remove).toThrow("DeleteConflict: Cannot delete entity, must detach all policies first.");
    detachPolicy(a, ROLE, READ_ONLY);
    expect(remove).toThrow("DeleteConflict: Cannot delete entity, must delete policies first.");
    deleteInlinePolicy(a, ROLE, "p");
    expect(remove).not.toThrow();
    expect(remove).toThrow(new Error("NoSuchEntity: The role with name foo cannot be found."));
  });

  it("users and groups fails while they hang together or have policies", () => {
    const a = account();
    addUserToGroup(a, "alice", "admins");
    attachPolicy(a, GROUP, READ_ONLY, origin);
    putInlinePolicy(a, USER, "p", [mayAssume("x")], origin);
    expect(() => deleteUser(a, "alice")).toThrow("DeleteConflict");
    expect(() => deleteGroup(a, "admins")).toThrow("must remove users from group first");
    removeUserFromGroup(a, "alice", "admins");
    expect(() => deleteUser(a, "alice")).toThrow("must delete policies first");
    expect(() => deleteGroup(a, "admins")).toThrow("must detach all policies first");
  });

  it("a managed policy fails while it is attached or a permissions boundary", () => {
    const a = account();
    const { arn } = createPolicy(a, { name: "p", policy: [mayAssume("x")], origin });
    attachPolicy(a, GROUP, arn, origin);
    expect(() => deletePolicy(a, arn)).toThrow(
      new Error("DeleteConflict: Cannot delete a policy attached to entities."),
    );
    detachPolicy(a, GROUP, arn);
    createUser(a, { name: "bob", permissionsBoundary: arn, origin });
    expect(() => deletePolicy(a, arn)).toThrow("DeleteConflict");
    deleteUser(a, "bob");
    expect(() => deletePolicy(a, arn)).not.toThrow();
  });
});

describe("what does not exist", () => {
  it.each<readonly [string, (a: SimulatedAccount) => void, string]>([
    [
      "an inline policy of a role",
      (a) => putInlinePolicy(a, { kind: "role", name: "none" }, "p", [mayAssume("x")], origin),
      "The role with name none cannot be found.",
    ],
    [
      "a member",
      (a) => addUserToGroup(a, "none", "admins"),
      "The user with name none cannot be found.",
    ],
    [
      "a group",
      (a) => addUserToGroup(a, "alice", "none"),
      "The group with name none cannot be found.",
    ],
    [
      "an inline policy",
      (a) => deleteInlinePolicy(a, ROLE, "none"),
      "The role policy with name none cannot be found.",
    ],
    [
      "an attachment",
      (a) => detachPolicy(a, ROLE, READ_ONLY),
      `Policy ${READ_ONLY} was not found.`,
    ],
    [
      "a boundary",
      (a) => createUser(a, { name: "bob", permissionsBoundary: roleArn(MEMBER, "x"), origin }),
      `Policy ${roleArn(MEMBER, "x")} does not exist or is not attachable.`,
    ],
  ])("fails to be used: %s", (_name, act, text) => {
    expect(() => act(account())).toThrow(new Error(`NoSuchEntity: ${text}`));
  });
});

describe("a user", () => {
  it("is in ten groups at most", () => {
    const a = account();
    for (let n = 0; n < 10; n += 1) {
      createGroup(a, { name: `g${n}`, origin });
      addUserToGroup(a, "alice", `g${n}`);
    }
    expect(() => addUserToGroup(a, "alice", "admins")).toThrow("GroupsPerUser: 10");
  });
});

describe("an instance profile", () => {
  it("holds one role", () => {
    const a = account();
    createInstanceProfile(a, { name: "profile", path: "/", origin });
    addRoleToInstanceProfile(a, "profile", "foo");
    expect(() => addRoleToInstanceProfile(a, "profile", "foo")).toThrow("LimitExceeded");
  });
});
