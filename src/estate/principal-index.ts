import { isAccountId, tryParseIamArn } from "../iam/arn";
import type { Estate, Identity } from "./estate";

/** The identities of an estate, found by every name that a trust policy has for them. */
export class PrincipalIndex {
  private readonly byUniqueId = new Map<string, Identity>();
  private readonly byAccount = new Map<string, Identity[]>();
  /** By account ID and role name: a role session's ARN leaves the path out. */
  private readonly roleByName = new Map<string, Identity>();

  constructor(private readonly estate: Estate) {
    for (const identity of estate.identities.values()) {
      const { accountId, kind, name, uniqueId } = identity;
      if (uniqueId !== undefined) this.byUniqueId.set(uniqueId, identity);
      if (kind === "role") this.roleByName.set(`${accountId}/${name}`, identity);
      const inAccount = this.byAccount.get(accountId);
      if (inAccount === undefined) this.byAccount.set(accountId, [identity]);
      else inAccount.push(identity);
    }
  }

  /** The identity with this ARN or unique ID. */
  tryFind(arnOrUniqueId: string): Identity | undefined {
    return this.estate.identities.get(arnOrUniqueId) ?? this.byUniqueId.get(arnOrUniqueId);
  }

  tryFindRole(accountId: string, name: string): Identity | undefined {
    return this.roleByName.get(`${accountId}/${name}`);
  }

  inAccount(accountId: string): readonly Identity[] {
    return this.byAccount.get(accountId) ?? [];
  }

  /** Whether stacks deploy to an account, or the estate holds somebody in it. */
  isKnownAccount(accountId: string): boolean {
    return this.estate.accounts.has(accountId) || this.byAccount.has(accountId);
  }

  /** The organization of an account, where its identities tell it. */
  organizationOf(accountId: string): string | undefined {
    return this.inAccount(accountId).at(0)?.organizationId;
  }
}

/** The account that a principal element names by its ID or its account principal. */
export function tryAccountOf(name: string): string | undefined {
  if (isAccountId(name)) return name;
  const arn = tryParseIamArn(name);
  return arn?.type === "root" ? arn.accountId : undefined;
}
