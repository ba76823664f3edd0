import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { confirmed, modelOf, synthesize } from "../../stacks/organization";

const STRANGER = "arn:aws:iam::999999999999:role/stranger";
const CI = "arn:aws:iam::444455556666:role/ci";
const BUCKET = "arn:aws:s3:::acme-artifacts";
const WITH = [{ account: "user", role: "ci" }];

const model = modelOf({
  settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
  accounts: {
    root: { id: "100000000001", management: true },
    owner: { id: "111122223333" },
    user: { id: "444455556666" },
    third: { id: "777788889999" },
  },
  logs: {
    account: "owner",
    cloudtrail: { bucket: "acme-cloudtrail" },
    config: { bucket: "acme-config" },
  },
  roles: { ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] } },
  sharing: {
    artifacts: {
      type: "s3-bucket",
      account: "owner",
      name: "acme-artifacts",
      with: WITH,
      allow: "read",
      prefix: "builds/",
    },
    images: { type: "ecr-repository", account: "owner", with: ["third"], allow: "pull" },
    jobs: { type: "sqs-queue", account: "owner", with: WITH, allow: "send" },
    news: { type: "sns-topic", account: "owner", with: [...WITH, "third"], allow: "publish" },
    token: { type: "secret", account: "owner", with: WITH },
    disk: { type: "kms-key", account: "owner", with: WITH },
  },
});
const tightened = confirmed(model, [CI]);

type Stacks = ReturnType<typeof synthesize>;
type Statement = Readonly<Record<string, unknown>>;

function verified(stacks: Stacks, of = model) {
  return verify(of, readEstate(new Map(Object.entries(stacks)), estateFacts(of)));
}

/** The stacks with the policy changed that names this ARN. */
function withPolicy(
  stacks: Stacks,
  type: string,
  arn: string,
  change: (statements: readonly Statement[]) => readonly Statement[],
): Stacks {
  const changed = JSON.parse(JSON.stringify(stacks)) as Record<
    string,
    { resource: Record<string, Record<string, { policy: string }>> }
  >;
  for (const block of Object.values(changed.owner.resource[type])) {
    if (!block.policy.includes(arn === "" ? "" : `${arn}"`)) continue;
    const policy = JSON.parse(block.policy) as { Statement: readonly Statement[] };
    block.policy = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
  }
  return changed as unknown as Stacks;
}

function told({ findings }: ReturnType<typeof verified>) {
  return findings.map(({ kind, arn, principal, says }) => [kind, arn, principal, says]);
}

describe.each([
  ["nothing is confirmed", model],
  ["everything is confirmed", tightened],
])("what is shared, where %s", (_, staged) => {
  it("is used as it is declared in what the project itself synthesizes", () => {
    expect(verified(synthesize(staged), staged)).toEqual({ findings: [], undecided: [] });
  });

  it("is found where a bucket policy by hand lets a stranger in", () => {
    const stacks = withPolicy(synthesize(staged), "aws_s3_bucket_policy", BUCKET, (statements) => [
      ...statements,
      {
        Effect: "Allow",
        Principal: { AWS: STRANGER },
        Action: "s3:GetObject",
        Resource: `${BUCKET}/*`,
      },
    ]);
    const { findings } = verified(stacks, staged);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: "not declared",
      accountId: "111122223333",
      arn: BUCKET,
      principal: STRANGER,
      says: "it may s3:GetObject, which accounts.json does not say",
    });
    expect(findings[0].statements).toEqual([expect.stringMatching(/^bucket policy, statement 3$/)]);
    expect(findings[0].origin.address).toMatch(/^aws_s3_bucket_policy\./);
  });

  it("is missing where the statement that shares it was taken out", () => {
    const stacks = withPolicy(synthesize(staged), "aws_s3_bucket_policy", BUCKET, (statements) =>
      statements.filter(({ Effect }) => Effect === "Deny"),
    );
    expect(told(verified(stacks, staged))).toEqual([
      ["missing", BUCKET, CI, "it is declared and may not s3:GetObject and s3:ListBucket"],
    ]);
  });
});

it("finds that whom a bucket is shared with may write, or read beside the prefix", () => {
  const stacks = withPolicy(synthesize(model), "aws_s3_bucket_policy", BUCKET, (statements) => [
    ...statements,
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: `${BUCKET}/*`,
    },
  ]);
  const changed = JSON.parse(JSON.stringify(stacks).replaceAll("/builds/*", "/*")) as Stacks;
  expect(told(verified(changed))).toContainEqual([
    "not declared",
    BUCKET,
    "arn:aws:iam::444455556666:root",
    "it may s3:GetObject and s3:PutObject, which accounts.json does not say",
  ]);
});

it("finds a stranger who reads logs, and a service that cannot write them any more", () => {
  const trail = "arn:aws:s3:::acme-cloudtrail";
  const stacks = withPolicy(synthesize(model), "aws_s3_bucket_policy", trail, () => [
    { Effect: "Allow", Principal: { AWS: STRANGER }, Action: "s3:*", Resource: `${trail}/*` },
  ]);
  const kinds = told(verified(stacks)).map(([kind, arn, principal]) => [kind, arn, principal]);
  expect(kinds).toEqual([
    ["not declared", trail, STRANGER],
    ["missing", trail, "cloudtrail.amazonaws.com"],
  ]);
});

it("finds that a confirmed principal is let in by its account still", () => {
  const found = told(verified(synthesize(model), tightened));
  expect(found).toContainEqual([
    "wider",
    BUCKET,
    CI,
    "it is confirmed and let in by its account still",
  ]);
});

describe("what an entry demands besides who comes is found where the policy does not ask for it:", () => {
  const without =
    (operator: string, key: string) =>
    (statements: readonly Statement[]): readonly Statement[] =>
      statements.map((statement) => {
        const { [operator]: keys, ...others } = (statement.Condition ?? {}) as Record<
          string,
          object
        >;
        const left = Object.entries(keys ?? {}).filter(([name]) => name !== key);
        return { ...statement, Condition: { ...others, [operator]: Object.fromEntries(left) } };
      });
  const functions = modelOf({
    settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
    accounts: {
      owner: { id: "111122223333" },
      user: { id: "444455556666" },
      third: { id: "777788889999" },
    },
    roles: { ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] } },
    sharing: {
      artifacts: {
        type: "s3-bucket",
        account: "owner",
        name: "acme-artifacts",
        with: WITH,
        prefix: "builds/",
      },
      jobs: { type: "sqs-queue", account: "owner", with: WITH },
      functions: { type: "ecr-repository", account: "owner", with: ["third"], allow: "lambda" },
    },
  });

  it.each([
    [
      "the organization",
      "aws_sqs_queue_policy",
      "arn:aws:sqs:eu-west-1:111122223333:jobs",
      without("StringEquals", "aws:PrincipalOrgID"),
      "it gets in without organization o-a1b2c3d4e5: sqs:GetQueueAttributes and sqs:GetQueueUrl and sqs:SendMessage",
    ],
    [
      "the prefix of a listing",
      "aws_s3_bucket_policy",
      BUCKET,
      without("StringLike", "s3:prefix"),
      "it gets in without StringLike s3:prefix builds/*: s3:ListBucket",
    ],
    [
      "TLS",
      "aws_s3_bucket_policy",
      BUCKET,
      (statements: readonly Statement[]) => statements.filter(({ Effect }) => Effect === "Allow"),
      "it gets in without TLS: s3:GetObject and s3:ListBucket",
    ],
    [
      "the functions of the accounts that it is shared with",
      "aws_ecr_repository_policy",
      "arn:aws:ecr:eu-west-1:111122223333:repository/functions",
      without("StringLike", "aws:SourceArn"),
      "it gets in without function arn:aws:lambda:eu-west-1:777788889999:function:*: ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
    ],
  ])("%s", (_, type, arn, change, says) => {
    const stacks = withPolicy(synthesize(functions), type, "", change);
    expect(told(verified(stacks, functions)).map(([, of, , said]) => [of, said])).toContainEqual([
      arn,
      says,
    ]);
  });

  it("that only services make grants, of a key that nobody may use yet", () => {
    const stacks = JSON.parse(
      JSON.stringify(synthesize(model)).replaceAll("kms:GrantIsForAWSResource", "kms:ViaService"),
    ) as Stacks;
    expect(verified(stacks).findings.map(({ says }) => says)).toContain(
      "it is declared and may not kms:CreateGrant and kms:ListGrants and kms:RevokeGrant",
    );
  });
});
