import type { Model } from "../../../src/model/model";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { trustedPrincipals } from "../../../src/model/rollout/trusted-principals";
import { logKeyAliasArn } from "../../../src/logging/logs";
import { secretKeyAliasArn, sharedArn } from "../../../src/sharing/shared-arn";
import { confirmed, modelOf } from "../../stacks/organization";

const CI = [{ account: "user", role: "ci" }];

const SHARING = {
  artifacts: {
    type: "s3-bucket",
    account: "owner",
    name: "acme-artifacts",
    with: CI,
    prefix: "builds/",
  },
  public: {
    type: "s3-bucket",
    account: "owner",
    name: "acme-all",
    with: ["third"],
    allow: ["read", "write"],
  },
  images: { type: "ecr-repository", account: "owner", with: ["third"], allow: ["pull", "lambda"] },
  jobs: { type: "sqs-queue", account: "owner", with: CI, allow: "send" },
  news: { type: "sns-topic", account: "owner", with: [...CI, "third"], allow: "publish" },
  token: { type: "secret", account: "owner", with: CI },
  disk: { type: "kms-key", account: "owner", with: CI, for: "ami" },
  events: { type: "event-bus", account: "owner", with: CI },
  mailer: { type: "lambda-function", account: "owner", with: ["third"], existing: true },
};

/**
 * An organization with everything that has a policy of its own: what is shared, log buckets with a key, a
 * state bucket, the bus of notifications. `organizationId`: undefined for accounts in no organization, so
 * that log buckets list them.
 */
export function sharedOrganization(organizationId?: string): Model {
  return modelOf({
    settings: {
      ...(organizationId !== undefined && { organizationId }),
      region: "eu-west-1",
      backend: {
        type: "s3",
        bucket: "acme-terraform",
        region: "eu-west-1",
        createBucket: "local",
        administrators: ["arn:aws:iam::444455556666:role/auditor"],
      },
      bootstrap: { deployer: { account: "owner", role: "deployer" } },
    },
    accounts: {
      ...(organizationId !== undefined && { root: { id: "100000000001", management: true } }),
      owner: { id: "111122223333" },
      user: { id: "444455556666" },
      third: { id: "777788889999" },
    },
    logs: {
      account: "owner",
      key: { alias: "logs" },
      cloudtrail: { bucket: "acme-cloudtrail" },
      config: { bucket: "acme-config" },
    },
    notifications: { account: "owner", email: ["security@example.com"] },
    roles: {
      deployer: { accounts: ["owner"], trusts: [{ service: "codebuild.amazonaws.com" }] },
      ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] },
      build: { accounts: ["third"], notify: true, trusts: CI },
    },
    sharing: SHARING,
  });
}

/** The model once every principal and every key is confirmed. */
export function allConfirmed(model: Model): Model {
  const { lock } = confirmed(model, [...trustedPrincipals(model).keys()]);
  const aliases = [
    ...model.sharing.map(({ resource }) =>
      resource.type === "secret" ? secretKeyAliasArn(resource) : sharedArn(resource),
    ),
    ...model.logging.flatMap(({ buckets }) =>
      buckets.map((bucket) => bucket.key && logKeyAliasArn(bucket, bucket.key)),
    ),
  ].filter((arn) => arn?.includes(":alias/"));
  const keys = Object.fromEntries(
    aliases.map((alias, index) => [alias, alias?.replace(/alias\/.*/, `key/0000-${index}`)]),
  ) as Readonly<Record<string, string>>;
  return modelWithLock(model, { ...lock, keys });
}
