import { only, resourcesOf } from "../constructs/stack-json";
import { modelOf, synthesize } from "./organization";

const stacks = synthesize(
  modelOf({
    accounts: { hub: { id: "100000000401" }, prod: { id: "100000000403" } },
    identities: { hub: { users: { alice: {} }, groups: { ops: { users: ["alice"] } } } },
    roles: {
      ci: { accounts: ["hub"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      deploy: {
        accounts: ["prod"],
        permissionsBoundary: "PowerUserAccess",
        trusts: [{ account: "hub", role: "ci", sessionTags: { ticket: "*" } }],
      },
      operate: {
        accounts: ["prod"],
        trusts: [{ account: "hub", group: "ops", sourceIdentity: "${aws:username}" }],
      },
      plain: { accounts: ["prod"], trusts: [{ account: "hub", role: "ci" }] },
    },
  }),
);

function statements(type: string): readonly unknown[] {
  return Object.values(resourcesOf(stacks.hub, type)).map(({ name, policy }) => [
    name,
    JSON.parse(String(policy)).Statement,
  ]);
}

describe("limits that need an action of their own", () => {
  test("have it in the caller's policy, for the roles that ask for it and no others", () => {
    const role = (name: string): string => `arn:aws:iam::100000000403:role/${name}`;
    expect(statements("aws_iam_role_policy")).toEqual([
      [
        "CrossAccountAssumeRole",
        [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: [role("deploy"), role("plain")] }],
      ],
      [
        "CrossAccountUse",
        [{ Effect: "Allow", Action: "sts:TagSession", Resource: role("deploy") }],
      ],
    ]);
    expect(statements("aws_iam_group_policy")).toEqual([
      [
        "CrossAccountAssumeRole",
        [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: role("operate") }],
      ],
      [
        "CrossAccountUse",
        [{ Effect: "Allow", Action: "sts:SetSourceIdentity", Resource: role("operate") }],
      ],
    ]);
  });
});

test("a boundary is the role's, and no other role has one", () => {
  const roles = Object.values(resourcesOf(stacks.prod, "aws_iam_role"));
  expect(roles.map(({ name, permissions_boundary: boundary }) => [name, boundary])).toEqual([
    ["deploy", "arn:aws:iam::aws:policy/PowerUserAccess"],
    ["operate", undefined],
    ["plain", undefined],
  ]);
  expect(only(stacks.hub, "aws_iam_role").permissions_boundary).toBeUndefined();
});
