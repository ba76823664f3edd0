import type { PolicyDocument } from "../iam/policy-document";

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
   * Undefined: unknown (an unlisted AWS policy, an unresolved reference). For an AWS managed policy
   * only the statements that bear on assuming roles.
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
  /** A role's trust policy; `unknown` where it cannot be read. */
  readonly trustPolicy?: PolicyDocument | "unknown";
  /** The organization of its account, where the provider or the caller says so. */
  readonly organizationId?: string;
  /** Whether a stack defines it, or only refers to it (an existing role: no trust policy is known). */
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
   * `access`: who can assume what may depend on it. `other`: it stands where it cannot, such as the
   * resource of a statement about another service.
   */
  readonly bearing: "access" | "other";
}

/** An account that some stack deploys to. */
export interface EstateAccount {
  readonly id: string;
  readonly stacks: readonly string[];
}

/** What a set of stacks defines, read from Terraform JSON alone. */
export interface Estate {
  readonly accounts: ReadonlyMap<string, EstateAccount>;
  /** By ARN. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly unknowns: readonly Unknown[];
}
