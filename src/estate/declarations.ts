import type { Partition } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy-document";
import type { Origin, Unknown } from "./estate";

/** A role, user or group by the name under which other resources speak of it. */
export interface EntityName {
  readonly accountId: string;
  readonly partition: Partition;
  readonly kind: "role" | "user" | "group";
  readonly name: string;
}

/** A managed policy that a resource refers to; neither address nor ARN: it cannot be told which. */
export interface PolicyReference {
  /** Of an `aws_iam_policy` of the same stack. */
  readonly address?: string;
  readonly arn?: string;
  /** As it stands in the JSON. */
  readonly text: string;
}

/** A role or user that a stack defines or looks up. */
export interface DeclaredIdentity {
  readonly kind: "role" | "user";
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly uniqueId?: string;
  readonly trustPolicy?: PolicyDocument | "unknown";
  readonly permissionsBoundary?: PolicyReference;
  readonly defined: boolean;
  readonly origin: Origin;
}

/** A customer managed policy. */
export interface DeclaredPolicy {
  readonly arn?: string;
  readonly document?: PolicyDocument;
  readonly origin: Origin;
}

/** A policy that a resource gives to a role, user or group. */
export interface DeclaredGrant {
  readonly to: EntityName;
  readonly policy:
    | { readonly kind: "inline"; readonly name: string; readonly document?: PolicyDocument }
    | { readonly kind: "managed"; readonly reference: PolicyReference };
  readonly origin: Origin;
}

/** A user's membership in a group. */
export interface DeclaredMembership {
  readonly user: EntityName;
  readonly group: EntityName;
  readonly origin: Origin;
}

/** What one stack says of identities and their policies, before the stacks of an account are joined. */
export interface StackDeclarations {
  readonly stack: string;
  /** The accounts that its providers deploy to. */
  readonly accountIds: readonly string[];
  readonly identities: readonly DeclaredIdentity[];
  readonly policies: readonly DeclaredPolicy[];
  readonly grants: readonly DeclaredGrant[];
  readonly memberships: readonly DeclaredMembership[];
  readonly unknowns: readonly Unknown[];
}
