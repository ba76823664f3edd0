import { callerOf } from "../../../src/estate/caller-of";
import { withControlPolicies } from "../../../src/estate/control-policies";
import { readEstate } from "../../../src/estate/read-estate";
import { synthesizeInMemory } from "../../../src/app";
import { policyDocument } from "../../../src/iam/policy-document";
import { Answers } from "../../../src/review/ask/answers";
import { decideOn } from "../../../src/review/ask/decide-on";
import type { Way } from "../../../src/review/ask/way";
import { estateOf, type TableIdentity } from "../../estate/access-table";
import { modelOf, NO_EXTENSION } from "../../stacks/organization";

const A = "arn:aws:iam::444455556666";
const B = "arn:aws:iam::111122223333";

/** A role that trusts these, by its ARN's owner. */
function trusting(...arns: readonly string[]): TableIdentity {
  return {
    trust: { Effect: "Allow", Principal: { AWS: [...arns] }, Action: "sts:AssumeRole" },
  };
}

function lineOf({ principal, steps, result, notInConsole }: Way): string {
  const chain = [principal, ...steps.map(({ arn }) => arn)].map((arn) => arn.split("/").pop());
  const marks = [result === "unknown" ? "?" : "", notInConsole === undefined ? "" : " (cli alone)"];
  return `${chain.join(" > ")}${marks.join("")}`;
}

describe("who can be a role", () => {
  const estate = estateOf({
    [`${B}:user/alice`]: { may: `${A}:role/first` },
    [`${B}:user/bob`]: { may: [`${A}:role/first`, `${A}:role/last`] },
    [`${A}:role/first`]: {
      ...trusting(`${B}:user/alice`, `${B}:user/bob`),
      may: `${A}:role/middle`,
    },
    [`${A}:role/middle`]: { ...trusting(`${A}:role/first`), may: `${A}:role/last` },
    [`${A}:role/last`]: trusting(`${A}:role/middle`, `${B}:user/bob`),
  });
  const last = estate.identities.get(`${A}:role/last`)!;

  test("is told up to any depth, by the shortest chain", () => {
    const ways = new Answers(estate).whoCanBe(last).map(lineOf);
    expect(ways).toEqual([
      "bob > last",
      "middle > last",
      "first > middle > last",
      "alice > first > middle > last (cli alone)",
    ]);
  });

  test("is nobody whom a resource control policy of the role's account keeps out", () => {
    const bound = withControlPolicies(estate, [
      {
        accountId: "444455556666",
        kind: "resource",
        policy: {
          name: "no-bob",
          document: policyDocument([
            {
              Effect: "Deny",
              Principal: "*",
              Action: "sts:AssumeRole",
              Resource: "*",
              Condition: { ArnEquals: { "aws:PrincipalArn": `${B}:user/bob` } },
            },
          ]),
        },
        origin: { stack: "organization", address: "aws_organizations_policy_attachment.no-bob" },
      },
    ]);
    const role = bound.identities.get(last.arn)!;
    expect(new Answers(bound).whoCanBe(role).map(lineOf)).toEqual([
      "middle > last",
      "first > middle > last",
      "alice > first > middle > last (cli alone)",
    ]);
    const bob = bound.identities.get(`${B}:user/bob`)!;
    const target = { kind: "role", role } as const;
    const context = {};
    expect(
      decideOn({ caller: callerOf(bob), action: "sts:AssumeRole", target, context }).result,
    ).toBe("denied");
  });

  test("and somebody's roles are the same ways, from the other end", () => {
    expect(new Answers(estate).rolesOf(`${B}:user/alice`).map(lineOf)).toEqual([
      "alice > first",
      "alice > first > middle (cli alone)",
      "alice > first > middle > last (cli alone)",
    ]);
  });

  test("an external ID keeps a user from switching in the console, a service is not asked", () => {
    const withId = estateOf({
      [`${B}:user/alice`]: { may: `${A}:role/first` },
      [`${A}:role/first`]: {
        trust: [
          {
            Effect: "Allow",
            Principal: { AWS: `${B}:user/alice`, Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": "agreed" } },
          },
        ],
      },
    });
    const ways = new Answers(withId).whoCanBe(withId.identities.get(`${A}:role/first`)!);
    const alice = ways.find(({ principal }) => principal.endsWith("alice"));
    const service = ways.find(({ principal }) => principal.startsWith("ec2"));
    expect(alice?.notInConsole).toBe("a switch passes no external ID");
    expect([service?.principal, service?.notInConsole]).toEqual(["ec2.amazonaws.com", undefined]);
  });

  test("somebody whom no stack makes is unknown, with the reason", () => {
    const wide = estateOf({
      [`${B}:user/alice`]: {},
      [`${A}:role/first`]: trusting(`${B}:root`),
    });
    const [way] = new Answers(wide).whoCanBe(wide.identities.get(`${A}:role/first`)!);
    expect(way).toMatchObject({ principal: `${B}:root`, result: "unknown" });
    expect(way.steps[0].reason).toMatch(/^it cannot be told: no stack makes it/);
  });
});

describe("the statements that decide", () => {
  const estate = readEstate(
    synthesizeInMemory(
      modelOf({
        accounts: {
          a: { id: "111122223333", management: true },
          b: { id: "444455556666" },
        },
        identities: {
          a: {
            users: { alice: {} },
            groups: { One: { users: ["alice"] }, Two: { users: ["alice"] } },
          },
        },
        sharing: {
          jobs: { type: "sqs-queue", account: "b", name: "jobs", with: ["a"], allow: "send" },
        },
        roles: {
          first: { accounts: ["b"], trusts: [{ account: "a", group: "One" }] },
          second: {
            accounts: ["b"],
            managedPolicies: ["PowerUserAccess"],
            trusts: [{ account: "a", group: "Two" }],
          },
        },
      }),
      NO_EXTENSION,
    ),
  );

  test("are told with stack, resource and group, though two policies have one name", () => {
    const role = estate.identities.get(`${A}:role/second`)!;
    const way = new Answers(estate).whoCanBe(role).find(({ result }) => result === "allowed");
    expect(way?.steps[0].places).toEqual([
      {
        policy: "trust policy",
        holder: `${A}:role/second`,
        statement: 0,
        sid: undefined,
        origin: { stack: "b", address: expect.stringMatching(/^aws_iam_role\.role-second_/) },
      },
      {
        policy: "CrossAccountAssumeRole",
        holder: `${B}:user/alice`,
        statement: 0,
        sid: undefined,
        group: "Two",
        origin: { stack: "a", address: expect.stringMatching(/^aws_iam_group_policy\..*Two_/) },
      },
    ]);
  });

  test("on a resource, through a role that may use it", () => {
    const resource = [...estate.resources.values()].find(({ arn }) => arn.endsWith(":jobs"))!;
    const target = { resource, arn: resource.arn };
    const ways = new Answers(estate).whoCanDo(target, ["sqs:SendMessage", "sqs:DeleteQueue"]);
    expect(
      ways.filter(({ result }) => result === "allowed").map((way) => [way.action, lineOf(way)]),
    ).toEqual([
      ["sqs:DeleteQueue", `second > ${resource.arn}`],
      ["sqs:SendMessage", `second > ${resource.arn}`],
      ["sqs:DeleteQueue", `alice > second > ${resource.arn}`],
      ["sqs:SendMessage", `alice > second > ${resource.arn}`],
    ]);
    expect(ways[1].steps[0].places.map(({ policy }) => policy)).toEqual([
      "arn:aws:iam::aws:policy/PowerUserAccess",
    ]);
  });
});
