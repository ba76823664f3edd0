import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { accountPrincipalArn, tryParseIamArn } from "../iam/arn";
import { oneOrMany, policyDocument, type PolicyDocument } from "../iam/policy-document";
import { PrivateBucket } from "../constructs/private-bucket";
import type { Account, Bootstrap, S3StateBackend, Settings } from "../model/model";
import { addBackend } from "./backend";
import { addProvider, administratorAccess } from "./provider";

/** What the state bucket's stack is made of. */
export interface StateBucketStackProps {
  readonly settings: Settings;
  readonly backend: S3StateBackend;
  readonly bootstrap: Bootstrap;
  readonly stateFolder: string;
}

/**
 * The bucket in which all other stacks keep their state: versioned, encrypted, reached by TLS only
 * and by exactly the principals that deploy. Its own state is local until it is moved there.
 */
export class StateBucketStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: StateBucketStackProps) {
    super(scope, id);
    const { settings, backend, bootstrap } = props;
    addBackend(this, {
      backend: backend.createBucket === "stored" ? backend : { type: "local" },
      stateFolder: props.stateFolder,
    });
    const hub = { ...bootstrap.hub, region: backend.region };
    addProvider(this, hub, settings, administratorAccess(hub, settings));

    new PrivateBucket(this, "bucket", {
      bucketName: backend.bucket,
      policy: stateBucketPolicy(hub, backend, bootstrap),
      destroy: settings.protect ? "prevent" : "allow",
    });
  }
}

/**
 * The bucket's policy. It names principals by `aws:PrincipalArn`, because S3 refuses a `Principal`
 * that does not exist yet, and the deployer is made after the bucket.
 */
export function stateBucketPolicy(
  hub: Account,
  backend: S3StateBackend,
  bootstrap: Bootstrap,
): PolicyDocument {
  const bucketArn = `arn:${hub.partition}:s3:::${backend.bucket}`;
  const resources = [bucketArn, `${bucketArn}/*`];
  const deploying = [
    bootstrap.deployerArn,
    ...(bootstrap.hubAccessRoleArn === undefined ? [] : [bootstrap.hubAccessRoleArn]),
    ...bootstrap.firstDeployers,
    ...backend.administrators,
  ].sort();
  const accounts = new Set(deploying.map((arn) => tryParseIamArn(arn)?.accountId ?? hub.id));
  return policyDocument([
    {
      Sid: "DeployersOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: resources,
      Condition: { ArnNotEquals: { "aws:PrincipalArn": oneOrMany(deploying) } },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: resources,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "States",
      Effect: "Allow",
      Principal: {
        AWS: oneOrMany([...accounts].sort().map((id) => accountPrincipalArn(hub.partition, id))),
      },
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
      Resource: resources,
      Condition: { ArnEquals: { "aws:PrincipalArn": oneOrMany(deploying) } },
    },
  ]);
}
