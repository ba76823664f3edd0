import type { PolicyDocument } from "../iam/policy-document";

/** Name of every session that is made to try a role: notifications mark it as our own test. */
export const LIVE_SESSION_NAME = "crosstrust-live";

/** Who some credentials are. */
export interface LiveCaller {
  readonly accountId: string;
  /** As STS tells it: of a role's session `arn:…:sts::ID:assumed-role/NAME/SESSION`, without a path. */
  readonly arn: string;
}

/** What an attempt to assume a role carries. */
export interface LiveAttempt {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What AWS says of a role. */
export type LiveRole =
  | { readonly kind: "there"; readonly trustPolicy: PolicyDocument }
  | { readonly kind: "missing" }
  /** The credentials may not read it, or something else went wrong. */
  | { readonly kind: "not readable"; readonly because: string };

/** AWS by some credentials. Nothing of it changes anything but for the sessions that it makes. */
export interface LiveAws {
  /** Throws where the credentials are none, or not valid. */
  caller(): Promise<LiveCaller>;
  /** The same with the role's credentials, for a quarter of an hour; or why it was refused. */
  assumeRole(attempt: LiveAttempt): Promise<LiveAws | { readonly refused: string }>;
  /** A role of the caller's account. */
  role(name: string): Promise<LiveRole>;
}
