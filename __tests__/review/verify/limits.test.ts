import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { confirmed, modelOf, synthesize, trustedArns } from "../../stacks/organization";
import { mutationsOf } from "./mutations";

/** A request through a VPC endpoint carries no address: the two exclude each other. */
function modelWith(place: Readonly<Record<string, unknown>>): Model {
  return modelOf({
    accounts: { a: { id: "111122223333" }, b: { id: "444455556666" } },
    roles: {
      ci: { accounts: ["a"], trusts: [{ service: "ec2.amazonaws.com" }] },
      build: {
        accounts: ["b"],
        trusts: [
          {
            account: "a",
            role: "ci",
            sessionName: "build-*",
            sourceIdentity: ["alice", "bob"],
            sessionTags: { team: "platform", stage: "test" },
            expires: "2099-01-31T00:00:00Z",
            ...place,
          },
        ],
      },
    },
  });
}

const byAddress = modelWith({ sourceIp: "203.0.113.0/24" });
const byEndpoint = modelWith({ sourceVpce: "vpce-0a1b2c3d4e5f60718" });
const OF_ADDRESS = ["IpAddress aws:SourceIp", "address 203.0.113.0/24"] as const;
const OF_ENDPOINT = ["StringEquals aws:SourceVpce", "VPC endpoint vpce-0a1b2c3d4e5f60718"] as const;
const COMMON = [
  ["StringLike sts:SourceIdentity", "source identity alice or bob"],
  ["StringLike sts:RoleSessionName", "session name build-*"],
  ["StringLike aws:RequestTag/team", "session tag team platform"],
  ["StringLike aws:RequestTag/stage", "session tag stage test"],
  ["ForAllValues:StringEquals aws:TagKeys", "no session tags but team and stage"],
  ["DateLessThan aws:CurrentTime", "its end at 2099-01-31T00:00:00Z"],
] as const;

describe.each([
  ["account, from an address", byAddress, OF_ADDRESS],
  ["account, through an endpoint", byEndpoint, OF_ENDPOINT],
  ["role, from an address", confirmed(byAddress, trustedArns(byAddress)), OF_ADDRESS],
  ["role, through an endpoint", confirmed(byEndpoint, trustedArns(byEndpoint)), OF_ENDPOINT],
] as const)("a trust with every limit, at stage %s", (_, staged, ofPlace) => {
  const stacks = synthesize(staged);
  const verified = (changed: typeof stacks) =>
    verify(staged, readEstate(new Map(Object.entries(changed)), estateFacts(staged)));

  it("is decided, and as it is declared", () => {
    expect(verified(stacks)).toEqual({ findings: [], undecided: [] });
  });

  it.each([...COMMON, ofPlace])(
    "is wider without %s in all of its statements",
    (condition, label) => {
      const [operator, key] = condition.split(" ");
      const found = verified(withoutCondition(stacks, operator, key)).findings;
      expect(found.map(({ kind, says }) => [kind, says])).toEqual([
        ["wider", `it gets in without ${label}`],
      ]);
    },
  );

  it("is missing without the statement that lets it tag its session", () => {
    const [removed] = mutationsOf(stacks).filter(({ name, stacks: changed }) => {
      return / removed$/.test(name) && !JSON.stringify(changed.b).includes("sts:TagSession");
    });
    expect(verified(removed.stacks).findings.map(({ kind }) => kind)).toContain("missing");
  });
});

type Stacks = ReturnType<typeof synthesize>;

function withoutCondition(stacks: Stacks, operator: string, key: string): Stacks {
  const changed = JSON.parse(JSON.stringify(stacks)) as typeof stacks;
  const { resource } = changed.b as unknown as {
    resource: { aws_iam_role: Record<string, { assume_role_policy: string }> };
  };
  for (const role of Object.values(resource.aws_iam_role)) {
    const policy = JSON.parse(role.assume_role_policy) as {
      Statement: { Condition?: Record<string, Record<string, unknown>> }[];
    };
    for (const { Condition = {} } of policy.Statement) delete Condition[operator]?.[key];
    role.assume_role_policy = JSON.stringify(policy);
  }
  return changed;
}
