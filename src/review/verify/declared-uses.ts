import type { EstateResource } from "../../estate/estate";
import type { Statement } from "../../iam/policy-document";
import type { LogBucket } from "../../logging/logs";
import { logBucketArn } from "../../logging/logs";
import type { Model } from "../../model/model";
import { ecrActions } from "../../sharing/ecr-repository-policy";
import { EVENT_BUS_ACTION } from "../../sharing/event-bus-policy";
import { GRANT_ACTIONS, KEY_USE_ACTIONS } from "../../sharing/kms-key-policy";
import { FUNCTION_ACTION } from "../../sharing/lambda-permissions";
import { bucketAllowances } from "../../sharing/s3-bucket-policy";
import { SECRET_ACTIONS } from "../../sharing/secret-policy";
import { sharedArn } from "../../sharing/shared-arn";
import type { SharedResource } from "../../sharing/shared-resource";
import { queueActions } from "../../sharing/sqs-queue-policy";
import { topicActions } from "../../sharing/sns-topic-policy";
import { asArray } from "../../iam/policy-document";
import { isPrincipalTrust } from "../../trust/trust";
import { Declarations, type DeclaredWay } from "./declared-way";

/** A resource of ours, and who is to do what with it from other accounts. */
export interface DeclaredResource {
  readonly stack: string;
  readonly accountId: string;
  readonly arn: string;
  /** Prefix of its actions: `s3:`. */
  readonly service: string;
  readonly isIt: (resource: EstateResource) => boolean;
  readonly ways: readonly DeclaredWay[];
  /** What the trusts let do; to a part of the resource where that is another ARN. */
  readonly uses: readonly { readonly action: string; readonly arn?: string }[];
  /** AWS services that may use it, and grantees. */
  readonly others: ReadonlySet<string>;
  /** Whether principals have their half: not before the ARN of a key is known. */
  readonly isSettled: boolean;
  /** Statements that accounts.json keeps as they are. */
  readonly keep: readonly Statement[];
}

/** What `sharing` and `logs` of accounts.json mean for resources, independently of their policies. */
export function declaredResources(model: Model): readonly DeclaredResource[] {
  const declarations = new Declarations(model);
  const shared = model.sharing.map(({ resource, stack, account }): DeclaredResource => ({
    stack,
    accountId: account.id,
    arn: sharedArn(resource),
    service: `${usesOf(resource)[0].action.split(":")[0]}:`,
    isIt: isShared(resource),
    ways: resource.trusts
      .filter((trust) => resource.type !== "lambda-function" || !waits(trust))
      .map((trust) => declarations.wayOf(trust)),
    uses: usesOf(resource),
    others: othersOf(resource),
    isSettled: resource.type !== "kms-key" || resource.keyArn !== undefined,
    keep: resource.keep,
  }));
  const logs = model.logging.flatMap(({ stack, buckets }) =>
    buckets.map((bucket) => ofLogs(stack, bucket)),
  );
  return [...shared, ...logs];
}

/** A function's permissions name confirmed principals and accounts alone. */
function waits(trust: SharedResource["trusts"][number]): boolean {
  return isPrincipalTrust(trust) && trust.uniqueId === undefined;
}

function ofLogs(stack: string, bucket: LogBucket): DeclaredResource {
  const service = `${bucket.service}.amazonaws.com`;
  const arn = logBucketArn(bucket);
  const { sources, accountId } = bucket;
  const source = sources.kind === "accounts" ? (sources.accountIds[0] ?? accountId) : accountId;
  const of = sources.kind === "organization-trail" ? sources.accountId : source;
  const part = bucket.service === "config" ? "Config" : "CloudTrail";
  return {
    stack,
    accountId,
    arn,
    service: "s3:",
    isIt: (resource) => resource.arn === arn,
    ways: [
      {
        expected: [service],
        admits: (one) => one.principal === service,
        demands: [],
        outsiders: [],
      },
    ],
    uses: [
      { action: "s3:GetBucketAcl" },
      { action: "s3:PutObject", arn: `${arn}/AWSLogs/${of}/${part}/x` },
      ...(bucket.service === "config" ? [{ action: "s3:ListBucket" }] : []),
    ],
    others: new Set(),
    isSettled: true,
    keep: [],
  };
}

function isShared(shared: SharedResource): DeclaredResource["isIt"] {
  const arn = sharedArn(shared);
  return (resource) =>
    resource.arn === arn ||
    resource.aliasArn === arn ||
    (shared.type === "kms-key" && resource.arn === shared.keyArn) ||
    (shared.type === "secret" && resource.arn.replace(/-[A-Za-z0-9]{6}$/, "") === arn);
}

function usesOf(shared: SharedResource): DeclaredResource["uses"] {
  const all = (actions: string | readonly string[]): DeclaredResource["uses"] =>
    asArray(actions).map((action) => ({ action }));
  switch (shared.type) {
    case "kms-key":
      return all([...KEY_USE_ACTIONS, ...GRANT_ACTIONS]);
    case "ecr-repository":
      return all(ecrActions(shared));
    case "secret":
      return all(SECRET_ACTIONS);
    case "s3-bucket":
      return bucketAllowances(shared).flatMap(({ actions, resources }) =>
        asArray(actions).flatMap((action) =>
          asArray(resources).map((arn) => ({ action, arn: arn.replace(/\*$/, "x") })),
        ),
      );
    case "sns-topic":
      return all(topicActions(shared));
    case "sqs-queue":
      return all(queueActions(shared));
    case "event-bus":
      return all(EVENT_BUS_ACTION);
    case "lambda-function":
      return all(FUNCTION_ACTION);
  }
}

function othersOf(shared: SharedResource): ReadonlySet<string> {
  if (shared.type === "ecr-repository" && shared.allow.includes("lambda")) {
    return new Set(["lambda.amazonaws.com"]);
  }
  if (shared.type !== "kms-key") return new Set();
  const { grants } = shared;
  return new Set(
    grants.flatMap(({ maker, granteeArn }) => [
      granteeArn,
      `arn:${maker.partition}:iam::${maker.accountId}:root`,
      ...(isPrincipalTrust(maker) ? [maker.principalArn, ...maker.guard] : []),
    ]),
  );
}
