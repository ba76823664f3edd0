import type { OneOrMany, PolicyDocument } from "../policy-document";

/** A policy that bears on the caller; without a document its content is unknown. */
export interface NamedPolicy {
  readonly name: string;
  readonly document?: PolicyDocument;
}

/**
 * Service or resource control policies that bind an account, by level: those of the organization's
 * root, of each organizational unit above the account, and of the account. Each level must allow.
 */
export type ControlPolicies = readonly (readonly NamedPolicy[])[];

/** The principal that makes a request. */
export interface Caller {
  readonly kind: "role" | "user" | "root" | "service" | "federated";
  /**
   * Of a role session the role's ARN with its path, of a user the user's, of the root user
   * `arn:…:root`; a service's name; the ARN of an OIDC or SAML provider.
   */
  readonly arn: string;
  /** Undefined for services and federated callers. */
  readonly accountId?: string;
  /** `AROA…` or `AIDA…`, where it is known. */
  readonly uniqueId?: string;
  /** @default "session" - for a role's session */
  readonly sessionName?: string;
  /**
   * The source identity that a role's session carries since an earlier role in the chain set it: it
   * goes on to the next session, which needs `sts:SetSourceIdentity` too.
   * @default - none
   */
  readonly sourceIdentity?: string;
  readonly identityPolicies: readonly NamedPolicy[];
  /** @default - no boundary */
  readonly permissionsBoundary?: PolicyDocument | "unknown";
  /** @default - the session was made without session policies */
  readonly sessionPolicies?: readonly PolicyDocument[];
  /** Of its account. @default - none: the management account, or no organization */
  readonly serviceControlPolicies?: ControlPolicies;
}

/** The role that is to be assumed. */
export interface TargetRole {
  readonly arn: string;
  readonly accountId: string;
  readonly trustPolicy: PolicyDocument | "unknown";
  /** Of its account. @default - none: the management account, or no organization */
  readonly resourceControlPolicies?: ControlPolicies;
}

/** What a request carries besides its caller; what is left out is absent from the request context. */
export interface RequestContext {
  readonly externalId?: string;
  /** Whether the caller's credentials were made with MFA; a role's session never carries it. */
  readonly mfa?: boolean;
  /** Seconds since the MFA sign-in. */
  readonly mfaAge?: number;
  readonly sourceIdentity?: string;
  readonly roleSessionName?: string;
  readonly sessionTags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** The caller's organization. */
  readonly organizationId?: string;
  /** UTC, `2026-11-23T10:00:00Z`. */
  readonly time?: string;
  readonly sourceIp?: string;
  /** Any further condition keys, such as `token.actions.githubusercontent.com:sub`. */
  readonly keys?: Readonly<Record<string, OneOrMany<string>>>;
  /**
   * Condition keys, in lower case, that the request carries with a value that nobody said: where they
   * could change the answer it cannot be told.
   * @default - none
   */
  readonly unsaid?: ReadonlySet<string>;
}

/** The resource of a request. */
export interface TargetResource {
  /** `*` for an action that takes no resource, such as `ecr:GetAuthorizationToken`. */
  readonly arn: string;
  /** The account that owns it; where it is `*` the caller's. */
  readonly accountId: string;
  /**
   * The policy that its service evaluates for the action: a role's trust policy, a key policy, a
   * bucket policy, … Objects of a bucket have the bucket's.
   * @default - the resource has none
   */
  readonly policy?: PolicyDocument | "unknown";
  /**
   * Further ARNs of the same resource: statements that name one of them name it.
   * @default - none
   */
  readonly otherArns?: readonly string[];
  /** Of the owning account. @default - none: the management account, or no organization */
  readonly resourceControlPolicies?: ControlPolicies;
}

/** A request to do something with a resource; of several permissions that it needs, one. */
export interface AccessRequest {
  readonly caller: Caller;
  /** As AWS spells it: `s3:GetObject`. */
  readonly action: string;
  readonly resource: TargetResource;
  readonly context: RequestContext;
}

/** A request to assume a role. */
export interface AssumeRoleRequest {
  /**
   * @default "sts:AssumeRole"; for a federated caller `sts:AssumeRoleWithSAML` where its ARN is a
   * SAML provider's, else `sts:AssumeRoleWithWebIdentity`
   */
  readonly action?: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity" | "sts:AssumeRoleWithSAML";
  readonly caller: Caller;
  readonly role: TargetRole;
  readonly context: RequestContext;
}

/** The statement that decided. */
export interface DecidingStatement {
  /**
   * `trust policy`, `key policy`, `bucket policy`, `repository policy` or `resource policy`, by the
   * resource; the identity policy's name; `permissions boundary` or `session policy`; a control
   * policy's kind and name: `service control policy only-path`.
   */
  readonly policy: string;
  /** Counts from 0. */
  readonly statement: number;
  readonly sid?: string;
}

/** The answer to a request. */
export interface Decision {
  /** `unknown` where a policy that could change the answer cannot be read. */
  readonly result: "allowed" | "denied" | "unknown";
  /** Allowed: the statements of each side that allow; denied explicitly: the statement that denies. */
  readonly decidedBy: readonly DecidingStatement[];
  /** One sentence for people: what decided, or what is missing. */
  readonly reason: string;
}
