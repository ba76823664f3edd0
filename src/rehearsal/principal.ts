import { isAccountId, tryParseIamArn } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy-document";

/** Who makes a deploy: an IAM user with keys, or a session of a role. */
export interface Principal {
  readonly kind: "user" | "role";
  /** The user's ARN, or the role's with its path. */
  readonly arn: string;
  readonly accountId: string;
  /** Of a role session; empty for a user. */
  readonly sessionName: string;
  /** Whether a user signed in with MFA; a role session never carries it. */
  readonly mfa: boolean;
  readonly sessionPolicies: readonly PolicyDocument[];
  /** Set somewhere in the chain of roles; it goes on to every further session. */
  readonly sourceIdentity?: string;
}

/**
 * The principal behind a role's or user's ARN, as if signed in. Throws for any other ARN; whether it
 * exists in the simulated world shows when it does something.
 */
export function principalOf(
  arn: string,
  options: {
    /** @default "crosstrust" - for a role's session */
    readonly sessionName?: string;
    /** @default false */
    readonly mfa?: boolean;
  } = {},
): Principal {
  const parsed = tryParseIamArn(arn);
  const kind = parsed?.type;
  if (
    parsed === undefined ||
    (kind !== "role" && kind !== "user") ||
    !isAccountId(parsed.accountId)
  ) {
    throw new Error(`expected the ARN of a role or user, found ${arn}`);
  }
  return {
    kind,
    arn,
    accountId: parsed.accountId,
    sessionName: kind === "role" ? (options.sessionName ?? "crosstrust") : "",
    mfa: kind === "user" && options.mfa === true,
    sessionPolicies: [],
  };
}

/** The ARN under which AWS speaks of the principal: a role session's has no path. */
export function callerArn({ kind, arn, sessionName }: Principal): string {
  const parsed = tryParseIamArn(arn);
  return kind === "user" || parsed === undefined
    ? arn
    : `arn:${parsed.partition}:sts::${parsed.accountId}:assumed-role/${parsed.name}/${sessionName}`;
}
