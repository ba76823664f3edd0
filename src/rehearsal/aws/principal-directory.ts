import { tryParseIamArn } from "../../iam/arn";
import { uniqueId } from "./unique-id";

/**
 * Every role and user of the simulated world by ARN and by unique ID: what IAM asks when a trust
 * policy names a principal, in whatever account.
 */
export class PrincipalDirectory {
  private readonly idByArn = new Map<string, string>();
  private readonly arnById = new Map<string, string>();
  private readonly watchers = new Map<string, Set<() => void>>();

  /**
   * `externalPrincipals`: ARNs of roles and users that exist in accounts outside of the simulated
   * ones. An ARN that is none of a role or user is a mistake of the caller.
   */
  constructor(externalPrincipals: readonly string[]) {
    for (const arn of externalPrincipals) {
      const parsed = tryParseIamArn(arn);
      if (parsed === undefined || !["role", "user"].includes(parsed.type)) {
        throw new Error(`external principal ${arn}: expected the ARN of a role or user`);
      }
      const prefix = parsed.type === "role" ? "AROA" : "AIDA";
      this.add(arn, uniqueId(prefix, parsed.accountId, parsed.name, 0));
    }
  }

  /** Enters a role or user; a known ID moves to the new ARN, as when a user is renamed. */
  add(arn: string, id: string): void {
    const former = this.arnById.get(id);
    if (former !== undefined) this.forgetArn(former, id);
    this.arnById.set(id, arn);
    this.idByArn.set(arn, id);
    const sessionPrefix = sessionPrefixOf(arn);
    if (sessionPrefix !== undefined) this.idByArn.set(sessionPrefix, id);
  }

  /** Strikes a deleted role or user; its ID resolves to nothing from now on. */
  remove(id: string): void {
    const arn = this.arnById.get(id);
    this.arnById.delete(id);
    if (arn !== undefined) this.forgetArn(arn, id);
  }

  /** Calls back whenever the principal is deleted or renamed; the same callback counts once. */
  watch(id: string, callback: () => void): void {
    const callbacks = this.watchers.get(id);
    if (callbacks === undefined) this.watchers.set(id, new Set([callback]));
    else callbacks.add(callback);
  }

  /**
   * The stored form of a principal that exists: the unique ID of a role or user, `ID:session` of a
   * role session; undefined where nobody of that ARN or ID exists.
   */
  idOf(principal: string): string | undefined {
    const known = this.idByArn.get(principal);
    if (known !== undefined) return principal.includes(":sts:") ? undefined : known;
    const session = /^(arn:[^:]+:sts::\d{12}:assumed-role\/[^/]+)\/([\w+=,.@-]{2,64})$/.exec(
      principal,
    );
    if (session !== null) {
      const id = this.idByArn.get(session[1]);
      return id === undefined ? undefined : `${id}:${session[2]}`;
    }
    return this.arnOf(principal) === undefined ? undefined : principal;
  }

  /** The ARN behind a stored form; undefined when its role or user was deleted. */
  arnOf(id: string): string | undefined {
    const colon = id.indexOf(":");
    if (colon < 0) return this.arnById.get(id);
    const arn = this.arnById.get(id.slice(0, colon));
    const prefix = arn === undefined ? undefined : sessionPrefixOf(arn);
    return prefix === undefined ? undefined : `${prefix}/${id.slice(colon + 1)}`;
  }

  private forgetArn(arn: string, id: string): void {
    this.idByArn.delete(arn);
    const sessionPrefix = sessionPrefixOf(arn);
    if (sessionPrefix !== undefined) this.idByArn.delete(sessionPrefix);
    for (const callback of this.watchers.get(id) ?? []) callback();
  }
}

/** `arn:…:sts::ID:assumed-role/NAME`: how sessions of a role begin; its path is not in it. */
function sessionPrefixOf(arn: string): string | undefined {
  const parsed = tryParseIamArn(arn);
  return parsed?.type === "role"
    ? `arn:${parsed.partition}:sts::${parsed.accountId}:assumed-role/${parsed.name}`
    : undefined;
}
