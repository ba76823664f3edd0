import { destroyStack } from "../../src/rehearsal/deploy";
import { toEstate } from "../../src/rehearsal/to-estate";
import { CREATED, fooStack } from "./foo-stack";
import { HUB, MEMBER, stackOf, trustOf, type StackParts } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

describe("lifecycle", () => {
  const protect = { lifecycle: { prevent_destroy: true } };

  it.each([
    ["a rename", fooStack({ ...protect, name: "foo2" })],
    ["another path", fooStack({ ...protect, path: "/team/" })],
  ])("prevent_destroy stops %s before anything is changed", (_name, parts) => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack(protect));
    const result = world.deploy(MEMBER, parts);
    expect(failureOf(result)).toMatch(
      /^aws_iam_role\.foo: Instance cannot be destroyed: Resource aws_iam_role\.foo has lifecycle\.prevent_destroy set, but the plan calls for this resource to be destroyed\./,
    );
    expect(result.changes).toEqual([]);
  });

  it("prevent_destroy stops a destroy, until it is lifted", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack(protect));
    const destroy = (part: object) =>
      destroyStack(
        world.terraform,
        MEMBER,
        stackOf(MEMBER, fooStack({ ...part })),
        world.administrator(MEMBER),
      );
    expect(failureOf(destroy(protect))).toContain("prevent_destroy");
    expect(changesOf(destroy({}))).toHaveLength(CREATED.length);
    expect(world.aws.account(MEMBER).roles.values()).toEqual([]);
    expect(toEstate(world.aws).accounts.size).toBe(0);
    expect(changesOf(world.deploy(MEMBER, fooStack()))).toEqual(CREATED);
  });

  it("prevent_destroy lets changes in place through", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack(protect));
    expect(changesOf(world.deploy(MEMBER, fooStack({ ...protect, description: "x" })))).toEqual([
      "update aws_iam_role.foo (description)",
    ]);
  });

  it("ignore_changes leaves an argument as it is", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack({ description: "first" }));
    const ignoring = { lifecycle: { ignore_changes: ["description"] } };
    const result = world.deploy(MEMBER, fooStack({ ...ignoring, description: "second" }));
    expect(changesOf(result)).toEqual([]);
    world.deploy(
      MEMBER,
      fooStack({ ...ignoring, description: "second", max_session_duration: 7200 }),
    );
    expect(world.aws.account(MEMBER).roles.get("foo")).toMatchObject({
      description: "first",
      maxSessionDuration: 7200,
    });
  });

  it("create_before_destroy makes the new role first", () => {
    const role = (part: object): StackParts => ({
      resource: {
        aws_iam_role: {
          foo: {
            assume_role_policy: trustOf(HUB),
            lifecycle: { create_before_destroy: true },
            ...part,
          },
        },
      },
    });
    const world = new TestWorld();
    world.deploy(MEMBER, role({ name: "foo" }));
    expect(failureOf(world.deploy(MEMBER, role({ name: "foo", path: "/x/" })))).toContain(
      "EntityAlreadyExists: Role with name foo already exists.",
    );
    expect(changesOf(world.deploy(MEMBER, role({ name: "bar" })))).toEqual([
      "replace aws_iam_role.foo (name)",
    ]);
    expect(
      world.aws
        .account(MEMBER)
        .roles.values()
        .map(({ name }) => name),
    ).toEqual(["bar"]);
  });
});
