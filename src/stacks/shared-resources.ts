import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { CrossAccountBucket } from "../constructs/cross-account-bucket";
import { CrossAccountEventBus } from "../constructs/cross-account-event-bus";
import { CrossAccountFunction } from "../constructs/cross-account-function";
import { CrossAccountKey } from "../constructs/cross-account-key";
import { CrossAccountQueue } from "../constructs/cross-account-queue";
import { CrossAccountRepository } from "../constructs/cross-account-repository";
import type { CrossAccountResource } from "../constructs/cross-account-resource";
import { CrossAccountSecret } from "../constructs/cross-account-secret";
import { CrossAccountTopic } from "../constructs/cross-account-topic";
import { EcrReplication } from "../constructs/ecr-replication";
import { groupBy } from "../model/group-by";
import type { Account } from "../model/model";
import { sharedArn } from "../sharing/shared-arn";
import type { SharedEcrRepository, SharedKmsKey, SharedResource } from "../sharing/shared-resource";

/** What the outputs of a stack tell of its shared resources; ARN of the resource to the rest. */
export interface SharedResources {
  readonly trusts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly trustTerms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Alias ARN to key ARN, as a reference. */
  readonly keyArns: Readonly<Record<string, string>>;
  readonly dependables: readonly ITerraformDependable[];
}

/** Defines what an account shares, in its stack. */
export function addSharedResources(
  stack: Construct,
  account: Account,
  resources: readonly SharedResource[],
): SharedResources {
  const keys = resources.filter((resource) => resource.type === "kms-key");
  // Replicas are made of their primaries, by reference.
  const primaries = new Map(
    keys
      .filter((key) => !isReplica(key))
      .map((key) => [sharedArn(key), addKey(stack, account, key)] as const),
  );
  const replicas = keys
    .filter(isReplica)
    .map(
      (key) =>
        [
          sharedArn(key),
          addKey(stack, account, key, primaries.get(key.multiRegion.replicaOf)),
        ] as const,
    );
  const others = resources.flatMap((resource) =>
    resource.type === "kms-key"
      ? []
      : [[sharedArn(resource), addResource(stack, account, resource)] as const],
  );
  addReplication(
    stack,
    account,
    resources.filter((resource) => resource.type === "ecr-repository"),
  );
  return tellAll([...primaries, ...replicas, ...others]);
}

function tellAll(all: readonly (readonly [string, CrossAccountResource])[]): SharedResources {
  return {
    trusts: Object.fromEntries(
      all
        .map(([arn, { appliedTrusts }]) => [arn, appliedTrusts] as const)
        .filter(([, applied]) => Object.keys(applied).length > 0),
    ),
    trustTerms: Object.fromEntries(all.map(([arn, { trustTerms }]) => [arn, trustTerms])),
    keyArns: Object.fromEntries(all.flatMap(([, { keyArns }]) => Object.entries(keyArns))),
    dependables: all.flatMap(([, { dependables }]) => dependables),
  };
}

type Replica = SharedKmsKey & { readonly multiRegion: { readonly replicaOf: string } };

function isReplica(key: SharedKmsKey): key is Replica {
  return typeof key.multiRegion === "object";
}

function addKey(
  stack: Construct,
  account: Account,
  resource: SharedKmsKey,
  primary?: CrossAccountKey,
): CrossAccountKey {
  return new CrossAccountKey(stack, constructId(account, resource), {
    resource,
    providerRegion: account.region,
    primaryKeyArn: primary?.keyArnReference,
  });
}

function addResource(
  stack: Construct,
  account: Account,
  resource: Exclude<SharedResource, SharedKmsKey>,
): CrossAccountResource {
  const id = constructId(account, resource);
  const providerRegion = account.region;
  switch (resource.type) {
    case "ecr-repository":
      return new CrossAccountRepository(stack, id, { resource, providerRegion });
    case "secret":
      return new CrossAccountSecret(stack, id, { resource, providerRegion });
    case "s3-bucket":
      return new CrossAccountBucket(stack, id, { resource, providerRegion });
    case "sns-topic":
      return new CrossAccountTopic(stack, id, { resource, providerRegion });
    case "sqs-queue":
      return new CrossAccountQueue(stack, id, { resource, providerRegion });
    case "event-bus":
      return new CrossAccountEventBus(stack, id, { resource, providerRegion });
    case "lambda-function":
      return new CrossAccountFunction(stack, id, { resource, providerRegion });
  }
}

/** One configuration per registry, which is an account's in a Region. */
function addReplication(
  stack: Construct,
  account: Account,
  repositories: readonly SharedEcrRepository[],
): void {
  const replicated = repositories.filter(({ replicateTo }) => replicateTo.length > 0);
  for (const [region, same] of groupBy(replicated, (repository) => repository.region)) {
    const suffix = region === account.region ? "" : `-${region}`;
    new EcrReplication(stack, `ecr-replication${suffix}`, {
      accountId: account.id,
      repositories: same,
      ...(region !== account.region && { region }),
    });
  }
}

/** Built of what AWS knows the resource by: a changed id replaces it. */
function constructId({ region }: Account, resource: SharedResource): string {
  const suffix = resource.region === region ? "" : `-${resource.region}`;
  return `shared-${resource.type}-${resource.name}${suffix}`;
}
