import type { Partition } from "../../iam/arn";
import type { AllowedGrant, SharedResource, SharingTrust } from "../../sharing/shared-resource";
import { aliasArn } from "../../sharing/shared-arn";
import type { SharingEntry } from "../file/kept-statements";
import { sharedName } from "../file/shared-name";

/** Days until a key or secret that was taken out is deleted: AWS's own default. */
const WAITING_PERIOD = 30;

/** Where an entry's resource is, and who uses it. */
export interface SharedPlace {
  readonly partition: Partition;
  /** The owning account. */
  readonly accountId: string;
  readonly region: string;
  /** All regions of the entry, the primary one first. */
  readonly regions: readonly string[];
  readonly trusts: readonly SharingTrust[];
  readonly grants: readonly AllowedGrant[];
}

/** The resource that an entry of `sharing` means in one region, with its defaults filled in. */
export function sharedResourceOf(entry: SharingEntry, place: SharedPlace): SharedResource {
  const { value } = entry;
  const { partition, accountId, region, regions, trusts, grants } = place;
  const name = sharedName(value, entry.name);
  const isExisting = value.existing === true;
  const common = {
    partition,
    accountId,
    region,
    name,
    ownership: isExisting ? "existing" : "defined",
    trusts,
    keep: entry.keep,
  } as const;
  switch (value.type) {
    case "kms-key":
      return {
        type: value.type,
        ...common,
        ...(isExisting && { keyArn: value.arn }),
        grants,
        ...(value.multiRegion === true && {
          multiRegion:
            region === regions[0]
              ? "primary"
              : { replicaOf: aliasArn({ partition, accountId, region: regions[0] }, name) },
        }),
        deletionWindowInDays: value.deletionWindow ?? WAITING_PERIOD,
        enableKeyRotation: value.rotation ?? true,
      };
    case "ecr-repository":
      return {
        type: value.type,
        ...common,
        allow: allowed(value.allow, "pull"),
        scanOnPush: value.scanOnPush ?? true,
        immutableTags: value.immutableTags ?? true,
        lifecycle: value.lifecycle,
        replicateTo: value.replicate === true && region === regions[0] ? regions.slice(1) : [],
      };
    case "secret":
      return {
        type: value.type,
        ...common,
        key:
          value.key === undefined
            ? { ownership: "defined", alias: value.alias ?? name }
            : { ownership: "existing", keyArn: value.key },
        ...(isExisting && { secretArn: value.arn }),
        recoveryWindowInDays: value.recoveryWindow ?? WAITING_PERIOD,
      };
    case "s3-bucket":
      return {
        type: value.type,
        ...common,
        allow: allowed(value.allow, "read"),
        prefix: value.prefix === undefined ? "" : `${value.prefix.replace(/\/$/, "")}/`,
      };
    case "sns-topic":
      return { type: value.type, ...common, allow: allowed(value.allow, "publish") };
    case "sqs-queue":
      return { type: value.type, ...common, allow: allowed(value.allow, "send") };
    case "event-bus":
    case "lambda-function":
      return { type: value.type, ...common };
  }
}

/** What is written as one word or as several, each once. */
function allowed<T extends string>(
  written: T | readonly T[] | undefined,
  byDefault: NoInfer<T>,
): readonly T[] {
  const words =
    written === undefined ? [byDefault] : typeof written === "string" ? [written] : written;
  return [...new Set(words)].sort();
}
