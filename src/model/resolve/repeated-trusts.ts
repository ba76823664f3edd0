import { principalName } from "../../iam/principal-name";
import type { Trust } from "../../trust/trust";

/** A trust in an account or in some of its principals. */
type AccountsTrust = Exclude<Trust, { readonly kind: "service" | "oidc" }>;

/** Two trusts of which the weaker one would decide, for messages. */
export interface RepeatedTrust {
  /** `twice`: in the same principal; `beside`: in a whole account and in a principal of it. */
  readonly kind: "twice" | "beside";
  readonly found: string;
}

/**
 * Two trusts in the same principal, or one in a whole account beside one in a principal of it: the
 * weaker one would decide, so that is never meant. The first such pair of one policy.
 */
export function findRepeatedTrust(trusts: readonly Trust[]): RepeatedTrust | undefined {
  const seen = new Map<string, AccountsTrust[]>();
  for (const trust of trusts) {
    if (trust.kind === "service" || trust.kind === "oidc") continue;
    const sameAccount = seen.get(trust.accountId) ?? [];
    seen.set(trust.accountId, sameAccount);
    const principal = principalOf(trust);
    if (sameAccount.some((other) => principalOf(other) === principal)) {
      return { kind: "twice", found: `${principal} twice` };
    }
    const other = sameAccount.find(
      ({ kind }) => (kind === "account") !== (trust.kind === "account"),
    );
    if (other !== undefined) {
      const [whole, part] = trust.kind === "account" ? [trust, other] : [other, trust];
      return { kind: "beside", found: `${principalOf(whole)} beside ${principalOf(part)}` };
    }
    sameAccount.push(trust);
  }
  return undefined;
}

function principalOf(trust: AccountsTrust): string {
  switch (trust.kind) {
    case "account":
      return `all of ${trust.accountId}`;
    case "group":
      return principalName(trust.accountId, "group", trust.groupName);
    case "permission-set":
      return principalName(trust.accountId, "permission set", trust.permissionSet);
    case "role":
    case "user":
      return trust.principalArn;
  }
}
