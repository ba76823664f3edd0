import { appliedValue, isPrincipalTrust } from "../trust/trust";
import { trustKey, trustTerms } from "../trust/trust-terms";
import { lambdaPermissions } from "./lambda-permissions";
import { resourcePolicy } from "./resource-policy";
import type { SharedResource, SharingTrust } from "./shared-resource";
import { secretKeyPolicy } from "./secret-policy";

/** Everybody that the policy of a shared resource names: its trusts and the makers of its grants. */
export function sharedTrusts(resource: SharedResource): readonly SharingTrust[] {
  return resource.type === "kms-key"
    ? [...resource.trusts, ...resource.grants.map(({ maker }) => maker)]
    : resource.trusts;
}

/**
 * The terms of a shared resource: whom its policy names, to a digest of how (`trustTerms`). A secret's
 * own key and a key's grants are part of it, so a maker of grants that is confirmed makes the key due.
 */
export function sharedTerms(resource: SharedResource): Readonly<Record<string, string>> {
  return trustTerms(sharedTrusts(resource), ([first]) =>
    rendered(namingOnly(resource, trustKey(first))),
  );
}

/** What the policy says of each role and user that it names: `account`, or its unique ID. */
export function sharedApplied(resource: SharedResource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sharedTrusts(resource)
      .filter(isPrincipalTrust)
      .map((trust) => [trust.principalArn, appliedValue(trust)]),
  );
}

function rendered(resource: SharedResource): unknown {
  switch (resource.type) {
    case "lambda-function":
      return lambdaPermissions(resource);
    case "secret":
      return resource.key.ownership === "defined"
        ? [resourcePolicy(resource), secretKeyPolicy(resource)]
        : resourcePolicy(resource);
    default:
      return resourcePolicy(resource);
  }
}

/** The resource as if it were shared with one alone. */
function namingOnly(resource: SharedResource, key: string): SharedResource {
  const trusts = resource.trusts.filter((trust) => trustKey(trust) === key);
  return resource.type === "kms-key"
    ? {
        ...resource,
        trusts,
        grants: resource.grants.filter(({ maker }) => trustKey(maker) === key),
      }
    : { ...resource, trusts };
}
