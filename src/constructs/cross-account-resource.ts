import type { ITerraformDependable } from "cdktf";
import { asArray } from "../iam/policy-document";
import { resourcePolicy } from "../sharing/resource-policy";
import type { SharedFunction, SharedResource } from "../sharing/shared-resource";
import { policyJson } from "./terraform-json";

/** What is shared, and where the stack's provider is. */
export interface CrossAccountResourceProps<T extends SharedResource> {
  /** The resource, whom it is shared with, and at which stage each of them stands. */
  readonly resource: T;
  /** Region of the stack's provider: the resources say theirs where it is another. @default - the resource's */
  readonly providerRegion?: string;
}

/** What the construct of a shared resource tells its stack, for the outputs that `confirm` reads. */
export interface CrossAccountResource {
  /** What the deployed policy says of each staged principal: `account`, or its unique ID. */
  readonly appliedTrusts: Readonly<Record<string, string>>;
  /** Whom the policy names, to a digest of how: tells what a later change makes due. */
  readonly trustTerms: Readonly<Record<string, string>>;
  /** Alias ARN to the ARN of the key, as a reference, of the key that the construct defines. */
  readonly keyArns: Readonly<Record<string, string>>;
  /** What must be applied for the policy to hold, for `dependsOn` alone. */
  readonly dependables: readonly ITerraformDependable[];
}

/** The `region` argument of a shared resource, where its provider has another Region. */
export function regionArgument({
  resource,
  providerRegion,
}: CrossAccountResourceProps<SharedResource>): { readonly region?: string } {
  return providerRegion === undefined || providerRegion === resource.region
    ? {}
    : { region: resource.region };
}

/**
 * The policy of a shared resource as text. Undefined where it names nobody, as when only the owning
 * account's own roles use the resource: AWS takes no policy without a statement.
 */
export function tryPolicyText(
  resource: Exclude<SharedResource, SharedFunction>,
): string | undefined {
  const policy = resourcePolicy(resource);
  return asArray(policy.Statement).length === 0 ? undefined : policyJson(policy);
}
