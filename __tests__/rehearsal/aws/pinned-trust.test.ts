import fc from "fast-check";
import {
  createRole,
  deleteRole,
  updateRole,
  updateTrustPolicy,
} from "../../../src/rehearsal/aws/roles";
import { createUser, deleteUser, renameUser } from "../../../src/rehearsal/aws/users-and-groups";
import { HUB, MEMBER, roleArn, rootOf, trustOf, userArn } from "../stacks";
import { TestWorld } from "../test-world";

const origin = { stack: "test", address: "test" };
const trustPolicy = trustOf(rootOf(HUB));

/** Account HUB with role `bar`, which role `foo` of account MEMBER trusts. */
function fooTrustsBar(): TestWorld {
  const world = new TestWorld();
  createRole(world.aws.account(HUB), { name: "bar", trustPolicy, origin });
  createRole(world.aws.account(MEMBER), {
    name: "foo",
    trustPolicy: trustOf(roleArn(HUB, "bar")),
    origin,
  });
  return world;
}

function recreate(world: TestWorld): void {
  deleteRole(world.aws.account(HUB), "bar");
  createRole(world.aws.account(HUB), { name: "bar", trustPolicy, origin });
}

describe("a trusted role's ARN", () => {
  it("is shown while the role is the one that was trusted", () => {
    const world = fooTrustsBar();
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
    updateRole(world.aws.account(HUB), "bar", { description: "changed in place" });
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
  });

  it("gives way to the unique ID when the role is deleted", () => {
    const world = fooTrustsBar();
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    deleteRole(world.aws.account(HUB), "bar");
    expect(world.trusted(MEMBER, "foo")).toBe(uniqueId);
  });

  it("does not come back when a role of that name is made again", () => {
    const world = fooTrustsBar();
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    recreate(world);
    expect(world.trusted(MEMBER, "foo")).toBe(uniqueId);
    expect(world.aws.account(HUB).roles.get("bar").uniqueId).not.toBe(uniqueId);
  });

  it("comes back when the trust policy is saved again", () => {
    const world = fooTrustsBar();
    recreate(world);
    updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(roleArn(HUB, "bar")));
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
  });

  it("is shown where the unique ID of an existing role was written", () => {
    const world = fooTrustsBar();
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(uniqueId));
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
    expect(world.aws.account(MEMBER).roles.get("foo").trust.text).toBe(
      trustOf(roleArn(HUB, "bar")),
    );
  });

  it("fails to be saved by the unique ID of a deleted role, though the stored policy shows it", () => {
    const world = fooTrustsBar();
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    deleteRole(world.aws.account(HUB), "bar");
    expect(() => updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(uniqueId))).toThrow(
      `Invalid principal in policy: "AWS":"${uniqueId}"`,
    );
  });
});

describe("a trusted role session", () => {
  it("loses its trust with its role", () => {
    const world = fooTrustsBar();
    const session = `arn:aws:sts::${HUB}:assumed-role/bar/deploy`;
    updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(session));
    expect(world.trusted(MEMBER, "foo")).toBe(session);
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    recreate(world);
    expect(world.trusted(MEMBER, "foo")).toBe(`${uniqueId}:deploy`);
  });
});

describe("a trusted user", () => {
  it("keeps its trust under a new name, and loses it when made again", () => {
    const world = fooTrustsBar();
    const hub = world.aws.account(HUB);
    createUser(hub, { name: "alice", origin });
    updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(userArn(HUB, "alice")));
    renameUser(hub, "alice", { name: "alicia", path: "/" });
    expect(world.trusted(MEMBER, "foo")).toBe(userArn(HUB, "alicia"));
    expect(() =>
      updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(userArn(HUB, "alice"))),
    ).toThrow("Invalid principal in policy");
    const { uniqueId } = hub.users.get("alicia");
    deleteUser(hub, "alicia");
    createUser(hub, { name: "alicia", origin });
    expect(world.trusted(MEMBER, "foo")).toBe(uniqueId);
  });
});

describe("an account principal", () => {
  it("is shown as its ARN where the bare ID was written", () => {
    const world = fooTrustsBar();
    updateTrustPolicy(world.aws.account(MEMBER), "foo", trustOf(HUB));
    expect(world.trusted(MEMBER, "foo")).toBe(rootOf(HUB));
  });
});

describe("whatever is deleted, made and saved in whatever order", () => {
  it("a trust holds exactly while its role is the one that was saved", () => {
    const step = fc.constantFrom("delete", "create", "save");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(step, fc.constantFrom("bar", "baz")), { maxLength: 20 }),
        (steps) => {
          const world = new TestWorld();
          const hub = world.aws.account(HUB);
          const member = world.aws.account(MEMBER);
          createRole(member, { name: "foo", trustPolicy, origin });
          const living = new Map<string, object>();
          let saved: { readonly name: string; readonly role: object } | undefined;
          for (const [action, name] of steps) {
            const role = living.get(name);
            if (action === "create" && role === undefined) {
              createRole(hub, { name, trustPolicy, origin });
              living.set(name, {});
            } else if (action === "delete" && role !== undefined) {
              deleteRole(hub, name);
              living.delete(name);
            } else if (action === "save" && role !== undefined) {
              updateTrustPolicy(member, "foo", trustOf(roleArn(HUB, name)));
              saved = { name, role };
            }
            if (saved === undefined) continue;
            const holds = living.get(saved.name) === saved.role;
            expect(world.trusted(MEMBER, "foo") === roleArn(HUB, saved.name)).toBe(holds);
          }
        },
      ),
    );
  });
});
