import type { Partition } from "../iam/arn";
import type { NamedPolicy } from "../iam/evaluation/request";
import type { ControlPolicyKind } from "../iam/full-access-policies";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import type { Entrance, KeyGrant, Origin, Unknown } from "./estate";

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
  readonly maxSessionDuration?: number;
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

/** A resource with policies by what other resources know of it. */
export interface ResourceName {
  /** Terraform's type: `aws_s3_bucket`. */
  readonly type: string;
  readonly arn: string;
  readonly partition: Partition;
  readonly accountId: string;
  readonly region?: string;
}

/** A resource that a stack defines. */
export interface DeclaredResource extends ResourceName {
  readonly encryptedWith?: string;
  readonly origin: Origin;
}

/**
 * What a Terraform resource says of a resource's policy: all of it, where the service takes it as one
 * document, or a statement of it. Undefined: it cannot be read.
 */
export interface DeclaredResourcePolicy {
  readonly resource: ResourceName;
  readonly says:
    | { readonly kind: "document"; readonly document?: PolicyDocument }
    | { readonly kind: "statement"; readonly statement?: Statement };
  readonly origin: Origin;
}

/** A grant on a KMS key, which may be another account's. */
export interface DeclaredKeyGrant {
  readonly key: ResourceName;
  readonly grant: KeyGrant;
}

/** A service or resource control policy that is attached to an account, of whatever stack. */
export interface DeclaredControlPolicy {
  readonly accountId: string;
  readonly kind: ControlPolicyKind;
  readonly policy: NamedPolicy;
  readonly origin: Origin;
}

/** What one stack says of identities, resources and their policies, before the stacks of an account are joined. */
export interface StackDeclarations {
  readonly stack: string;
  /** The accounts that its providers deploy to. */
  readonly accountIds: readonly string[];
  readonly identities: readonly DeclaredIdentity[];
  readonly policies: readonly DeclaredPolicy[];
  readonly grants: readonly DeclaredGrant[];
  readonly memberships: readonly DeclaredMembership[];
  readonly resources: readonly DeclaredResource[];
  readonly resourcePolicies: readonly DeclaredResourcePolicy[];
  readonly keyGrants: readonly DeclaredKeyGrant[];
  readonly controlPolicies: readonly DeclaredControlPolicy[];
  readonly entrances: readonly Entrance[];
  readonly unknowns: readonly Unknown[];
}
