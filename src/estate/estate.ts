import type { ControlPolicies } from "../iam/evaluation/request";
import type { ControlPolicyKind } from "../iam/full-access-policies";
import type { Conditions, PolicyDocument } from "../iam/policy-document";

/** Where in the Terraform JSON something was read. */
export interface Origin {
  readonly stack: string;
  /** Terraform address: `aws_iam_role.images_role_1A2B3C4D`; empty for the stack as a whole. */
  readonly address: string;
}

/** A policy that bears on an identity; without a document where it cannot be known. */
export interface IdentityPolicy {
  /** The inline policy's name, or the managed policy's ARN. */
  readonly name: string;
  /**
   * Undefined: unknown (an unlisted AWS policy, an unresolved reference). Of an AWS managed policy
   * what it says of actions that nobody asks about is uncertain (src/iam/judged-actions.ts).
   */
  readonly document?: PolicyDocument;
  /** The group it comes through. */
  readonly group?: string;
  readonly origin: Origin;
}

/** A role or user. */
export interface Identity {
  readonly kind: "role" | "user";
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly accountId: string;
  /** Known only of deployed or simulated identities. */
  readonly uniqueId?: string;
  /** Inline, attached and, for a user, its groups' policies. */
  readonly policies: readonly IdentityPolicy[];
  /** `unknown` where one is set that cannot be read. */
  readonly permissionsBoundary?: PolicyDocument | "unknown";
  /** Of a role, in seconds. @default - AWS's 3,600, or a text that cannot be read */
  readonly maxSessionDuration?: number;
  /** A role's trust policy; `unknown` where it cannot be read. */
  readonly trustPolicy?: PolicyDocument | "unknown";
  /** The organization of its account, where the provider or the caller says so. */
  readonly organizationId?: string;
  /** Service control policies of its account. @default - none that is known */
  readonly serviceControlPolicies?: ControlPolicies;
  /** Of a role: resource control policies of its account. @default - none that is known */
  readonly resourceControlPolicies?: ControlPolicies;
  /** Whether a stack defines it, or only refers to it (an existing role: no trust policy is known). */
  readonly defined: boolean;
  readonly origin: Origin;
}

/** A grant on a KMS key: a permission besides the key's policy. */
export interface KeyGrant {
  /** ARN of a role, user or account; a service. */
  readonly granteePrincipal: string;
  /** Who may retire it besides the key's administrators. @default - nobody */
  readonly retiringPrincipal?: string;
  /** As KMS names them: `Decrypt`, `ReEncryptFrom`, `CreateGrant`; sorted. */
  readonly operations: readonly string[];
  /** Whether it holds for some encryption contexts alone. */
  readonly constrained: boolean;
  /** That, as the conditions of a policy would say it. @default - it does not, or cannot be read */
  readonly conditions?: Conditions;
  readonly origin: Origin;
}

/** A resource that may have a policy of its own: a bucket, a key, a queue. */
export interface EstateResource {
  /** Terraform's type: `aws_s3_bucket`. */
  readonly type: string;
  /**
   * Of a KMS key the key's ARN where the reader knows it, else that of its alias; of a secret that a
   * stack defines its name followed by `-aaaaaa`, in place of the six characters that AWS adds.
   */
  readonly arn: string;
  /** The owning account. */
  readonly accountId: string;
  /** Undefined where its ARN has none. */
  readonly region?: string;
  /** Of a KMS key the ARN of its alias. @default - none is known */
  readonly aliasArn?: string;
  /**
   * Undefined where it has none; `unknown` where it cannot be read, or where the stacks do not say
   * whether there is one. A key that is defined without a policy has AWS's own.
   */
  readonly policy?: PolicyDocument | "unknown";
  /**
   * Where the policy is read; of one that is put together of statements, where each of them is.
   * @default - with the resource
   */
  readonly policyOrigins?: readonly Origin[];
  /** Of a KMS key; in the order of the stacks. */
  readonly grants: readonly KeyGrant[];
  /** ARN of the customer managed key that encrypts a secret. @default - none, or none that is known */
  readonly encryptedWith?: string;
  /** Of its account. @default - none that is known */
  readonly resourceControlPolicies?: ControlPolicies;
  /** Whether a stack defines it, or only policies of it: then it exists already. */
  readonly defined: boolean;
  readonly origin: Origin;
}

/** Something that could not be resolved: reported, never ignored. */
export interface Unknown {
  readonly origin: Origin;
  /** The attribute: `assume_role_policy`. */
  readonly attribute: string;
  /** What stood there, and why it cannot be told. */
  readonly reason: string;
  /**
   * `access`: who can assume what may depend on it. `resources`: who can do what to resources with
   * policies may, and no more. `other`: it stands where it cannot, such as the resource of a statement
   * about another service.
   */
  readonly bearing: "access" | "resources" | "other";
}

/** An account that some stack deploys to. */
export interface EstateAccount {
  readonly id: string;
  readonly stacks: readonly string[];
}

/** What lets somebody into an account besides assuming a role: a credential, a provider, an assignment. */
export interface Entrance {
  /** Terraform's type: `aws_iam_access_key`. */
  readonly type: string;
  /** @default - not known: it may be any */
  readonly accountId?: string;
  /** A credential's user, a provider's URL or name, an assignment's permission set. @default - not known */
  readonly subject?: string;
  readonly origin: Origin;
}

/** A control policy as a stack attaches it to an account. */
export interface ControlPolicyAttachment {
  readonly kind: ControlPolicyKind;
  /** The policy's: an organization has one of a name and kind. */
  readonly name: string;
  readonly origin: Origin;
}

/** What limits the principals and the resources of an account, whatever their own policies say. */
export interface AccountControlPolicies {
  /** @default - none that is known */
  readonly service?: ControlPolicies;
  /** @default - none that is known */
  readonly resource?: ControlPolicies;
  /** In the order of the policies of each kind; AWS's own, which no stack attaches, are not among them. */
  readonly attachments: readonly ControlPolicyAttachment[];
}

/** What a set of stacks defines, read from Terraform JSON alone. */
export interface Estate {
  readonly accounts: ReadonlyMap<string, EstateAccount>;
  /** By ARN. */
  readonly identities: ReadonlyMap<string, Identity>;
  /** By ARN. */
  readonly resources: ReadonlyMap<string, EstateResource>;
  /**
   * By account ID: the organization's policies that stacks attach to the account itself, beside AWS's
   * own. @default - none that is known
   */
  readonly controlPolicies?: ReadonlyMap<string, AccountControlPolicies>;
  /** In the order of the stacks. @default - none that is known */
  readonly entrances?: readonly Entrance[];
  readonly unknowns: readonly Unknown[];
}
