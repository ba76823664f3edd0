import type { PolicyDocument } from "../iam/policy-document";
import { stagedStatements, type Allowance } from "../trust/staged-statements";
import { namedPolicy } from "./named-statements";
import { sharedArn } from "./shared-arn";
import type { SharedBucket } from "./shared-resource";

/** Putting objects. Nobody may delete or replace a version: the bucket keeps all of them. */
const WRITE = ["s3:AbortMultipartUpload", "s3:PutObject"] as const;

/** What a shared bucket allows, by purpose; bucket policy and identity half say the same. */
export function bucketAllowances(
  bucket: SharedBucket,
): readonly (Required<Pick<Allowance, "actions" | "resources">> &
  Pick<Allowance, "conditions"> & { readonly name: string })[] {
  const arn = sharedArn(bucket);
  const objects = `${arn}/${bucket.prefix}*`;
  return [
    ...(bucket.allow.includes("read")
      ? [
          {
            name: "List",
            actions: "s3:ListBucket",
            resources: arn,
            ...(bucket.prefix !== "" && {
              conditions: { StringLike: { "s3:prefix": `${bucket.prefix}*` } },
            }),
          },
          { name: "Read", actions: "s3:GetObject", resources: objects },
        ]
      : []),
    ...(bucket.allow.includes("write")
      ? [{ name: "Write", actions: WRITE, resources: objects }]
      : []),
  ];
}

/** The bucket policy: objects under the prefix for the trusts, and nothing for anybody without TLS. */
export function s3BucketPolicy(bucket: SharedBucket): PolicyDocument {
  const arn = sharedArn(bucket);
  return namedPolicy(bucket.keep, [
    {
      name: "TlsOnly",
      statements: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
    ...bucketAllowances(bucket).map(({ name, ...allowance }) => ({
      name,
      statements: stagedStatements(bucket.trusts, allowance),
    })),
  ]);
}
