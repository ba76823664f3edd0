import type { Statement } from "../../iam/policy-document";
import type { Settings } from "../model";

/**
 * What the deployer needs to read and write the states in S3: a bucket policy that names the hub
 * account only delegates to it. None for other backends.
 */
export function stateStatements({ backend, bootstrap, partition }: Settings): readonly Statement[] {
  if (backend.type !== "s3" || bootstrap === undefined) return [];
  const bucketArn = `arn:${partition}:s3:::${backend.bucket}`;
  return [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    {
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: `${bucketArn}/${backend.keyPrefix}*`,
    },
  ];
}
