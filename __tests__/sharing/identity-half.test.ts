import { identityHalf } from "../../src/sharing/identity-half";
import { mergeStatements } from "../../src/sharing/merge-statements";
import { sharedWith } from "./shared-resources";

const SHARED = sharedWith([]);
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888";
const REPOSITORY = "arn:aws:ecr:eu-west-1:111122223333:repository/tools";
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

describe("the identity half of", () => {
  test("a key waits for its ARN: IAM takes no alias there", () => {
    expect(identityHalf(SHARED["kms-key"])).toEqual([]);
    expect(identityHalf({ ...SHARED["kms-key"], keyArn: KEY })).toEqual([
      {
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey*",
          "kms:ReEncrypt*",
        ],
        Resource: KEY,
      },
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        Resource: KEY,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("a secret goes down to its key, once that is known", () => {
    const read = {
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:git-token-??????",
    };
    expect(identityHalf(SHARED.secret)).toEqual([read]);
    const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:git-token-AbCdEf";
    expect(
      identityHalf({
        ...SHARED.secret,
        secretArn,
        key: { ownership: "existing", keyArn: KEY },
      }),
    ).toEqual([
      { ...read, Resource: secretArn },
      { Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey"], Resource: KEY },
    ]);
  });

  test("a repository goes up to the registry's login", () => {
    expect(identityHalf(SHARED["ecr-repository"])).toEqual([
      { Effect: "Allow", Action: PULL, Resource: `${REPOSITORY}/runner` },
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
  });

  test("a bucket stays under the prefix", () => {
    expect(
      identityHalf({ ...SHARED["s3-bucket"], allow: ["read", "write"], prefix: "builds/" }),
    ).toEqual([
      {
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::acme-artifacts",
        Condition: { StringLike: { "s3:prefix": "builds/*" } },
      },
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-artifacts/builds/*",
      },
      {
        Effect: "Allow",
        Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
        Resource: "arn:aws:s3:::acme-artifacts/builds/*",
      },
    ]);
  });
});

test("many halves become few: statements that differ only in their resources are one", () => {
  const two = ["tools/b", "tools/a"].map((name) => ({ ...SHARED["ecr-repository"], name }));
  const statements = two.flatMap(identityHalf);
  const merged = [
    { Effect: "Allow", Action: PULL, Resource: [`${REPOSITORY}/a`, `${REPOSITORY}/b`] },
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
  expect(mergeStatements(statements)).toHaveLength(2);
  expect(mergeStatements(statements)).toEqual(expect.arrayContaining(merged));
  expect(mergeStatements([...statements].reverse())).toEqual(mergeStatements(statements));
});
