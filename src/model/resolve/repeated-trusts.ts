import type { Trust } from "../../trust/trust";
import type { Entry } from "../file/entry";
import type { RoleInput } from "../file/schema/roles";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { RoleInstance } from "./role-instance";
import type { TrustEdge } from "./trust-edge";

/** A trust in an account or in some of its principals. */
type AccountsTrust = Exclude<Trust, { readonly kind: "service" | "oidc" }>;

/**
 * Two trusts in the same principal, or one in a whole account beside one in a principal of it: the
 * weaker one would decide, so that is never meant. The first one of the entry is an error.
 */
export function reportRepeatedTrust(
  entry: Entry<RoleInput>,
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  const seen = new Map<RoleInstance, Map<string, AccountsTrust[]>>();
  for (const { trusting, trust } of edges) {
    if (trust.kind === "service" || trust.kind === "oidc") continue;
    const ofRole = seen.get(trusting) ?? new Map<string, AccountsTrust[]>();
    const sameAccount = ofRole.get(trust.accountId) ?? [];
    seen.set(trusting, ofRole.set(trust.accountId, sameAccount));
    const where = `in account ${trusting.account.name}: the weaker trust would decide`;
    const principal = principalOf(trust);
    if (sameAccount.some((other) => principalOf(other) === principal)) {
      problems.error(placeOf(entry, ["trusts"]), {
        expected: "each principal once per account",
        found: `${principal} twice ${where}`,
        remedy: "join the two trusts, or keep them apart with `in`",
      });
      return;
    }
    const other = sameAccount.find(
      ({ kind }) => (kind === "account") !== (trust.kind === "account"),
    );
    if (other !== undefined) {
      const [whole, part] = trust.kind === "account" ? [trust, other] : [other, trust];
      problems.error(placeOf(entry, ["trusts"]), {
        expected: "either a whole account or principals of it",
        found: `${principalOf(whole)} beside ${principalOf(part)} ${where}`,
        remedy: "take one of the two trusts out, or keep them apart with `in`",
      });
      return;
    }
    sameAccount.push(trust);
  }
}

function principalOf(trust: AccountsTrust): string {
  switch (trust.kind) {
    case "account":
      return `all of ${trust.accountId}`;
    case "group":
      return `${trust.accountId}/${trust.groupName}`;
    case "role":
    case "user":
      return trust.principalArn;
  }
}
