import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { modelOf } from "../../stacks/organization";

const ACCOUNT = "111122223333";
const model = modelOf({ accounts: { a: { id: ACCOUNT, quotas: { trustPolicy: 4096 } } } });

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The findings about quotas in a stack of account `a` with these resources. */
function overQuota(resource: Blocks): readonly (readonly [string, string])[] {
  const provider = { aws: [{ region: "eu-central-1", allowed_account_ids: [ACCOUNT] }] };
  const estate = readEstate(new Map([["a", { provider, resource }]]), estateFacts(model));
  const { findings } = verify(model, estate);
  return findings
    .filter(({ kind }) => kind === "over quota")
    .map(({ arn, says }) => [arn, says] as const);
}

/** A policy of as many characters. */
function policyOf(size: number, principal?: unknown): string {
  const document = (sid: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: sid,
          Effect: "Allow",
          ...(principal === undefined
            ? { Action: "s3:ListAllMyBuckets", Resource: "*" }
            : { Action: "sts:AssumeRole", Principal: principal }),
        },
      ],
    });
  return document("x".repeat(size - document("").length));
}

const SERVICE = { Service: "ec2.amazonaws.com" };
const role = (size = 200) => ({ r: { name: "r", assume_role_policy: policyOf(size, SERVICE) } });
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/r`;
const many = <T>(count: number, make: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, make(index)]));

describe("verify finds over quota", () => {
  it("a trust policy, by the account's own quota", () => {
    expect(overQuota({ aws_iam_role: role(4096) })).toEqual([]);
    expect(overQuota({ aws_iam_role: role(4097) })).toEqual([
      [ROLE_ARN, "the trust policy has 4097 characters, the quota is 4096"],
    ]);
  });

  it("the inline policies of a role together", () => {
    const withInline = (size: number): Blocks => ({
      aws_iam_role: role(),
      aws_iam_role_policy: many(2, (index) => ({
        name: `p${index}`,
        role: "r",
        policy: policyOf(size),
      })),
    });
    expect(overQuota(withInline(5120))).toEqual([]);
    expect(overQuota(withInline(5121))).toEqual([
      [
        ROLE_ARN,
        "the inline policies of the role together have 10242 characters, the quota is 10240",
      ],
    ]);
  });

  it("the managed policies of a role, and the size of one", () => {
    const withManaged = (count: number, size: number): Blocks => ({
      aws_iam_role: role(),
      aws_iam_policy: { big: { name: "big", policy: policyOf(size) } },
      aws_iam_role_policy_attachment: {
        big: { role: "r", policy_arn: "${aws_iam_policy.big.arn}" },
        ...many(count - 1, (index) => ({
          role: "r",
          policy_arn: `arn:aws:iam::aws:policy/Policy${index}`,
        })),
      },
    });
    expect(overQuota(withManaged(10, 6144))).toEqual([]);
    expect(overQuota(withManaged(11, 6145))).toEqual([
      [ROLE_ARN, "the role has 11 managed policies, the quota is 10"],
      [
        `arn:aws:iam::${ACCOUNT}:policy/big`,
        "the managed policy has 6145 characters, the quota is 6144",
      ],
    ]);
  });

  it("the policies of a group once, however many members it has", () => {
    const withGroup = (managed: number, size: number): Blocks => ({
      aws_iam_user: { u: { name: "u" }, v: { name: "v" } },
      aws_iam_group: { g: { name: "g" } },
      aws_iam_group_membership: { g: { name: "g", group: "g", users: ["u", "v"] } },
      aws_iam_group_policy: { p: { name: "p", group: "g", policy: policyOf(size) } },
      aws_iam_group_policy_attachment: many(managed, (index) => ({
        group: "g",
        policy_arn: `arn:aws:iam::aws:policy/Policy${index}`,
      })),
    });
    const arn = `arn:aws:iam::${ACCOUNT}:group/g`;
    expect(overQuota(withGroup(10, 5120))).toEqual([]);
    expect(overQuota(withGroup(11, 5121))).toEqual([
      [arn, "the inline policies of the group together have 5121 characters, the quota is 5120"],
      [arn, "the group has 11 managed policies, the quota is 10"],
    ]);
  });

  it("a resource's policy, by what its service counts", () => {
    const withQueue = (statements: number): Blocks => ({
      aws_sqs_queue: { q: { name: "q" } },
      aws_sqs_queue_policy: {
        q: {
          queue_url: "${aws_sqs_queue.q.url}",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: Array.from({ length: statements }, (_, index) => ({
              Effect: "Allow",
              Principal: { AWS: `arn:aws:iam::${444455556000 + index}:root` },
              Action: "sqs:SendMessage",
              Resource: "*",
            })),
          }),
        },
      },
    });
    expect(overQuota(withQueue(20))).toEqual([]);
    expect(overQuota(withQueue(21))).toEqual([
      [
        `arn:aws:sqs:eu-central-1:${ACCOUNT}:q`,
        "the resource's policy has 21 statements, the quota is 20",
      ],
    ]);
  });
});
