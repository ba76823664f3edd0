import { oneOrMany, type Conditions, type OneOrMany, type Statement } from "../iam/policy-document";

/**
 * What a request must meet besides coming from the right principal. Held at every stage: tightening
 * never drops one.
 */
export interface TrustLimits {
  /** Patterns of the source identity that a request must set (`sts:SourceIdentity`). */
  readonly sourceIdentity?: readonly string[];
  /** Session tags that a request must pass, to patterns of their values; it may pass no others. */
  readonly sessionTags?: Readonly<Record<string, readonly string[]>>;
  /** Patterns of the session's name (`sts:RoleSessionName`). */
  readonly sessionName?: readonly string[];
  /** Addresses or ranges of the caller, in CIDR form (`aws:SourceIp`). */
  readonly sourceIp?: readonly string[];
  /** IDs of VPC endpoints that a request comes through (`aws:SourceVpce`). */
  readonly sourceVpce?: readonly string[];
  /** UTC, `2027-01-31T00:00:00Z`: no session begins from then on; running ones last out their duration. */
  readonly expires?: string;
  /** Further conditions, in IAM's spelling; none on a key that Crosstrust itself writes. */
  readonly conditions?: Conditions;
}

/** Keys that are written here, in lower case: conditions of one's own on them could undo ours. */
export const OWN_KEYS: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:multifactorauthpresent",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:sourceip",
  "aws:sourcevpce",
  "aws:tagkeys",
  "aws:userid",
  "sts:externalid",
  "sts:rolesessionname",
  "sts:sourceidentity",
]);

/** What a request needs besides `sts:AssumeRole`, in the trust policy and in the caller's. */
export type SessionAction = "sts:SetSourceIdentity" | "sts:TagSession";

/** The actions that a trust with these limits needs on both sides, besides assuming the role. */
export function sessionActions({
  sourceIdentity,
  sessionTags,
}: TrustLimits): readonly SessionAction[] {
  return [
    ...(sourceIdentity === undefined ? [] : (["sts:SetSourceIdentity"] as const)),
    ...(sessionTags === undefined ? [] : (["sts:TagSession"] as const)),
  ];
}

/** What the caller's policy must allow besides assuming these roles: an action on those that ask for it. */
export function sessionPermissions(
  trusts: readonly { readonly roleArn: string; readonly limits: TrustLimits }[],
): readonly Statement[] {
  const byAction = new Map<SessionAction, Set<string>>();
  for (const { roleArn, limits } of trusts) {
    for (const action of sessionActions(limits)) {
      byAction.set(action, new Set([...(byAction.get(action) ?? []), roleArn]));
    }
  }
  return [...byAction].map(([action, arns]) => ({
    Effect: "Allow",
    Action: action,
    Resource: oneOrMany([...arns].sort()),
  }));
}

/** The limits as conditions; those of one operator together. */
export function limitConditions(limits: TrustLimits): Conditions {
  const { sourceIdentity, sessionName, sourceIp, sourceVpce, expires, conditions = {} } = limits;
  const tags = Object.entries(limits.sessionTags ?? {});
  const like: Record<string, OneOrMany<string>> = {
    ...(sourceIdentity !== undefined && { "sts:SourceIdentity": oneOrMany(sourceIdentity) }),
    ...(sessionName !== undefined && { "sts:RoleSessionName": oneOrMany(sessionName) }),
    ...Object.fromEntries(
      tags.map(([tag, values]) => [`aws:RequestTag/${tag}`, oneOrMany(values)]),
    ),
  };
  return merged([
    Object.keys(like).length === 0 ? {} : { StringLike: like },
    tags.length === 0
      ? {}
      : { "ForAllValues:StringEquals": { "aws:TagKeys": oneOrMany(tags.map(([tag]) => tag)) } },
    sourceIp === undefined ? {} : { IpAddress: { "aws:SourceIp": oneOrMany(sourceIp) } },
    sourceVpce === undefined ? {} : { StringEquals: { "aws:SourceVpce": oneOrMany(sourceVpce) } },
    expires === undefined ? {} : { DateLessThan: { "aws:CurrentTime": expires } },
    conditions,
  ]);
}

/** All conditions of several blocks; none of them has an operator and key that another has. */
export function merged(blocks: readonly Conditions[]): Conditions {
  const all: Record<string, Record<string, OneOrMany<string>>> = {};
  for (const block of blocks) {
    for (const [operator, keys] of Object.entries(block)) {
      all[operator] = { ...all[operator], ...keys };
    }
  }
  return all;
}
