import type { Origin } from "../../estate/estate";
import type { PinnedPolicy } from "./pinned-policy";
import type { StoredPolicy } from "./stored-policy";

/** What everything that a simulated account keeps under a name has. */
interface Entity {
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly arn: string;
  /** What made it. */
  readonly origin: Origin;
}

/** An inline policy, and what put it there. */
export interface InlinePolicy extends StoredPolicy {
  readonly origin: Origin;
}

/** Something that carries policies. */
interface PolicyHolder extends Entity {
  readonly uniqueId: string;
  readonly inlinePolicies: ReadonlyMap<string, InlinePolicy>;
  /** ARN of the managed policy to what attached it. */
  readonly attachedPolicies: ReadonlyMap<string, Origin>;
}

/** A role of a simulated account. Never changed: each change makes another object. */
export interface SimulatedRole extends PolicyHolder {
  readonly kind: "role";
  readonly trust: PinnedPolicy;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
}

/** An IAM user of a simulated account. */
export interface SimulatedUser extends PolicyHolder {
  readonly kind: "user";
  readonly groupNames: ReadonlySet<string>;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string;
}

/** An IAM group of a simulated account. */
export interface SimulatedGroup extends PolicyHolder {
  readonly kind: "group";
  readonly userNames: ReadonlySet<string>;
}

/** Whatever carries policies. */
export type SimulatedIdentity = SimulatedRole | SimulatedUser | SimulatedGroup;

/** A customer managed policy. */
export interface CustomerPolicy extends Entity {
  readonly policy: StoredPolicy;
  readonly description?: string;
}

/** An instance profile; it holds one role at most. */
export interface InstanceProfile extends Entity {
  readonly roleName?: string;
}

/** An OpenID Connect provider. */
export interface SimulatedOidcProvider {
  /** Its URL without `https://`, as IAM keeps it. */
  readonly name: string;
  readonly arn: string;
  readonly audiences: readonly string[];
}
