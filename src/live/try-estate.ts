import { accessOf, type Access, type FoundRequests } from "../estate/access";
import type { Estate, Identity } from "../estate/estate";
import { tryParseIamArn } from "../iam/arn";
import type { LiveAws, LiveCaller } from "./live-aws";
import { compareRoles, type ComparedRole } from "./compare-roles";

/** An access that was tried, or why it was not. */
export interface TriedAccess {
  readonly access: Access;
  readonly outcome: "works" | "refused" | "not tried";
  /** AWS's own words, or why it was not tried. */
  readonly because?: string;
}

/** What AWS says of an estate. */
export interface LiveReport {
  /** Whose credentials were at hand, as STS names them. */
  readonly callers: readonly string[];
  /** Every access whose caller's credentials were at hand. */
  readonly tried: readonly TriedAccess[];
  /** How many accesses of others there are. */
  readonly outOfReach: number;
  readonly roles: readonly ComparedRole[];
}

/**
 * Tries every access of an estate for which there are credentials: those at hand, and of each role that
 * lets them in those of its session, so chains are followed. Then reads the trust policy of each role that
 * some session can read, and compares it with the estate's.
 */
export async function tryEstate(
  estate: Estate,
  start: readonly LiveAws[],
  onProgress: (text: string) => void = () => undefined,
): Promise<LiveReport> {
  const requests: FoundRequests = new WeakMap();
  const accesses = accessOf(estate, { unlisted: "do not exist", requests }).filter(isByIdentity);
  const sessions = new Map<string, LiveAws>();
  const readers: Reader[] = [];
  const callers: string[] = [];
  for (const aws of start) {
    const caller = await aws.caller();
    if (callers.includes(caller.arn)) continue;
    callers.push(caller.arn);
    readers.push({ accountId: caller.accountId, aws });
    const identity = identityOf(estate, caller);
    if (identity !== undefined) sessions.set(identity.arn, aws);
  }
  const tried: TriedAccess[] = [];
  for (const [principal, aws] of sessions) {
    const own = accesses.filter((access) => access.principal === principal);
    const outcomes = own.map(async (access): Promise<TriedAccess> => {
      const request = requests.get(access);
      const reason = reasonAgainst(access, request?.context.roleSessionName);
      if (reason !== undefined) return { access, outcome: "not tried", because: reason };
      onProgress(`trying ${access.roleArn}`);
      const { externalId, sourceIdentity, sessionTags } = request?.context ?? {};
      const session = await aws.assumeRole({
        roleArn: access.roleArn,
        externalId,
        sourceIdentity,
        tags: sessionTags,
      });
      if ("refused" in session) return { access, outcome: "refused", because: session.refused };
      if (!sessions.has(access.roleArn)) {
        sessions.set(access.roleArn, session);
        const accountId = tryParseIamArn(access.roleArn)?.accountId ?? "";
        readers.push({ accountId, aws: session });
      }
      return { access, outcome: "works" };
    });
    tried.push(...(await Promise.all(outcomes)));
  }
  return {
    callers,
    tried,
    outOfReach: accesses.length - tried.length,
    roles: await compareRoles(estate, readers, onProgress),
  };
}

/** Services and identity providers have no credentials that somebody could have at hand. */
function isByIdentity({ principal }: Access): boolean {
  const type = tryParseIamArn(principal)?.type;
  return type === "role" || type === "user";
}

/** Credentials by which roles of an account may be read. */
export interface Reader {
  readonly accountId: string;
  readonly aws: LiveAws;
}

/** What cannot be done without a person, or without being somebody else. */
function reasonAgainst({ needs }: Access, sessionName: string | undefined): string | undefined {
  if (needs.includes("MFA")) return "it needs MFA: no code is asked for here";
  return sessionName === undefined ? undefined : "it demands a session name of its own";
}

/** The identity of the estate behind some credentials; a session's ARN has no path. */
function identityOf(estate: Estate, { accountId, arn }: LiveCaller): Identity | undefined {
  const exact = estate.identities.get(arn);
  if (exact !== undefined) return exact;
  const roleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return [...estate.identities.values()].find(
    (identity) =>
      identity.kind === "role" && identity.accountId === accountId && identity.name === roleName,
  );
}
