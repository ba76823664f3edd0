import { logBucketArn, type LogBucket } from "../../logging/logs";
import { sharedArn } from "../../sharing/shared-arn";
import { tryFindApplied, tryFindPrincipal } from "../../trust/lock";
import { trustKey } from "../../trust/trust-terms";
import type { Account, Bootstrap, Model } from "../model";

/** Why a stack must be deployed before another one. */
export type DependencyKind =
  /** A trail or a delivery channel: AWS refuses it while the bucket's policy does not let it write. */
  | "bucket policy"
  /** A grant on a key: refused while the key's policy does not let its maker make it. */
  | "key policy"
  /** An execution role that is new: the deployer's permission to assume it is in the hub's stack. */
  | "deployer's permission";

/** A stack that must be deployed before another one, because something in it is not applied yet. */
export interface StackDependency {
  readonly kind: DependencyKind;
  readonly before: Account;
  readonly after: Account;
}

/**
 * What account stacks wait for in one another, as far as the lock does not say that it is applied.
 * The aggregator waits for nobody, nor does anything that names an ARN alone.
 */
export function stackDependencies(model: Model): readonly StackDependency[] {
  const all = [...onBuckets(model), ...onKeys(model), ...onHub(model)];
  const once = new Map(
    all.map((each) => [`${each.kind} ${each.before.name} ${each.after.name}`, each] as const),
  );
  return [...once.values()].filter(({ before, after }) => before !== after);
}

function onBuckets(model: Model): readonly StackDependency[] {
  const buckets = new Map(
    model.logging.flatMap(({ account, buckets }) =>
      buckets.map((bucket) => [bucket.bucket, { account, bucket }] as const),
    ),
  );
  return model.logging.flatMap(({ account: after, trail, config }) => {
    const channels = config.flatMap((each) => (each.recorder === "defined" ? [each] : []));
    const used = new Set(
      [...(trail === undefined ? [] : [trail]), ...channels].map((each) => each.bucket),
    );
    return [...used].flatMap((name): readonly StackDependency[] => {
      const owner = buckets.get(name);
      if (
        owner === undefined ||
        isNamed(model, logBucketArn(owner.bucket), source(owner.bucket, after))
      ) {
        return [];
      }
      return [{ kind: "bucket policy", before: owner.account, after }];
    });
  });
}

/** How the terms of a log bucket call the logs of an account. */
function source({ sources }: LogBucket, { id }: Account): string {
  return sources.kind === "accounts" ? `account ${id}` : `organization ${sources.organizationId}`;
}

function onKeys(model: Model): readonly StackDependency[] {
  const keys = new Map(
    model.sharing.flatMap(({ account, resource }) =>
      resource.type === "kms-key" ? [[sharedArn(resource), { account, resource }] as const] : [],
    ),
  );
  return model.keyGrants.flatMap(
    ({ account: after, aliasArn, keyArn, granteeArn }): readonly StackDependency[] => {
      const key = keys.get(aliasArn);
      // A grant that waits for its key to be confirmed is not made yet.
      if (key === undefined || keyArn === undefined) return [];
      const maker = key.resource.grants.find((grant) => grant.granteeArn === granteeArn)?.maker;
      if (maker === undefined || isNamed(model, aliasArn, trustKey(maker))) return [];
      return [{ kind: "key policy", before: key.account, after }];
    },
  );
}

/** While the deployer is not confirmed, the hub's administrator deploys, and waits for nobody. */
function onHub(model: Model): readonly StackDependency[] {
  const { bootstrap } = model.settings;
  if (bootstrap === undefined || !deployerIsConfirmed(model, bootstrap)) return [];
  const { hub, deployerArn } = bootstrap;
  return model.roles
    .filter(({ stack, account }) => stack === account.bootstrapStack)
    .filter(({ arn }) => tryFindApplied(model.lock, arn, deployerArn) === undefined)
    .map(({ account }) => ({ kind: "deployer's permission", before: hub, after: account }));
}

/** Whether the hub's execution role lets the deployer in, or will once its stack is deployed. */
export function deployerIsConfirmed({ lock }: Model, { hub, deployerArn }: Bootstrap): boolean {
  const entry = tryFindPrincipal(lock, deployerArn);
  return entry !== undefined && entry.absent !== true && !(entry.reopenedIn ?? []).includes(hub.id);
}

/** Whether the deployed policy of a bucket or key names somebody, at whatever stage. */
function isNamed({ lock }: Model, trustingArn: string, key: string): boolean {
  const terms = lock.terms ?? {};
  return Object.hasOwn(terms, trustingArn) && Object.hasOwn(terms[trustingArn], key);
}
