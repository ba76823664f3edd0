import { secretKeyAliasArn, sharedArn } from "../../sharing/shared-arn";
import type { SharedResource } from "../../sharing/shared-resource";
import { tryFindKey, type Lock } from "../../trust/lock";
import type { Sharing } from "../model";
import { trustWithLock } from "./trust-with-lock";

/** A shared resource as a lock has it: its trusts and grants at their stages, its key by its ARN. */
export function sharedResourceWithLock(resource: SharedResource, lock: Lock): SharedResource {
  const { accountId } = resource;
  const trusts = resource.trusts.map((trust) => trustWithLock(trust, lock, accountId));
  switch (resource.type) {
    case "kms-key":
      return {
        ...resource,
        trusts,
        grants: resource.grants.map(({ maker, granteeArn }) => ({
          maker: trustWithLock(maker, lock, accountId),
          granteeArn,
        })),
        ...(resource.ownership === "defined" && { keyArn: tryFindKey(lock, sharedArn(resource)) }),
      };
    case "secret": {
      const alias = secretKeyAliasArn(resource);
      return {
        ...resource,
        trusts,
        ...(alias !== undefined && {
          key: { ...resource.key, keyArn: tryFindKey(lock, alias) },
        }),
      };
    }
    default:
      return { ...resource, trusts };
  }
}

/** Key ARNs by alias ARN, of the shared keys whose ARN is known. */
export function keyArnsOf(sharing: readonly Sharing[]): ReadonlyMap<string, string> {
  return new Map(
    sharing.flatMap(({ resource }) =>
      resource.type === "kms-key" && resource.keyArn !== undefined
        ? [[sharedArn(resource), resource.keyArn] as const]
        : [],
    ),
  );
}
