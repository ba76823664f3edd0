import { createRole, updateTrustPolicy } from "../../../src/rehearsal/aws/roles";
import { createGroup, createUser } from "../../../src/rehearsal/aws/users-and-groups";
import { SimulatedAws } from "../../../src/rehearsal/simulated-aws";
import { HUB, MEMBER, rootOf, trustOf, VENDOR } from "../stacks";
import cases from "./trust-policy-principals.json";

const origin = { stack: "test", address: "test" };

function world(): SimulatedAws {
  const aws = new SimulatedAws({ externalPrincipals: [`arn:aws:iam::${VENDOR}:role/vendor`] });
  const hub = aws.account(HUB);
  createRole(hub, { name: "bar", path: "/team/", trustPolicy: trustOf(rootOf(HUB)), origin });
  createUser(hub, { name: "alice", origin });
  createGroup(hub, { name: "admins", origin });
  return aws;
}

function document(principal: unknown): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });
}

describe.each(cases)("a trust policy that names $name", ({ principal, error }) => {
  it(`is ${error === undefined ? "taken" : "refused"} when a role is made`, () => {
    const member = world().account(MEMBER);
    const create = () =>
      createRole(member, { name: "foo", trustPolicy: document(principal), origin });
    if (error === undefined) expect(create().name).toBe("foo");
    else expect(create).toThrow(new Error(error));
    expect(member.roles.tryGet("foo") === undefined).toBe(error !== undefined);
  });

  it(`is ${error === undefined ? "taken" : "refused"} when a trust policy is changed`, () => {
    const member = world().account(MEMBER);
    createRole(member, { name: "foo", trustPolicy: trustOf(rootOf(HUB)), origin });
    const update = () => updateTrustPolicy(member, "foo", document(principal));
    if (error === undefined) expect(update).not.toThrow();
    else expect(update).toThrow(new Error(error));
  });
});

describe("a trust policy", () => {
  const malformed: readonly (readonly [string, unknown, string])[] = [
    ["is no JSON", "{", "This policy contains invalid Json"],
    ["has a Resource", statement({ Resource: "*" }), "Has prohibited field Resource"],
    ["has no principal", statement({ Principal: undefined }), "Missing required field Principal"],
    [
      "has a NotPrincipal",
      statement({ Principal: undefined, NotPrincipal: { AWS: HUB } }),
      "Has prohibited field NotPrincipal",
    ],
    [
      "allows other actions than those of STS",
      statement({ Action: ["sts:AssumeRole", "s3:GetObject"] }),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    ["has an unknown element", statement({ Actions: "x" }), "Syntax errors in policy."],
    ["has another Effect", statement({ Effect: "allow" }), "Syntax errors in policy."],
  ];

  function statement(part: object): unknown {
    const plain = { Effect: "Allow", Principal: { AWS: HUB }, Action: "sts:AssumeRole" };
    return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...plain, ...part }] });
  }

  it.each(malformed)("fails where it %s", (_name, trustPolicy, text) => {
    const create = () =>
      createRole(world().account(MEMBER), {
        name: "foo",
        trustPolicy: String(trustPolicy),
        origin,
      });
    expect(create).toThrow(new Error(`MalformedPolicyDocument: ${text}`));
  });

  it("cannot name the role that it makes", () => {
    const trustPolicy = trustOf(`arn:aws:iam::${MEMBER}:role/foo`);
    expect(() => createRole(world().account(MEMBER), { name: "foo", trustPolicy, origin })).toThrow(
      "Invalid principal in policy",
    );
  });
});
