import { asArray } from "../../iam/policy-document";
import { tryParseIamArn } from "../../iam/arn";
import { namedPrincipals } from "./named-principals";
import { policyOf, type TargetPair } from "./target";

/** Which roles and resources may let a principal in, found by whom their policies name. */
export class TrustingIndex {
  private readonly byArn = new Map<string, Set<TargetPair>>();
  private readonly byAccount = new Map<string, Set<TargetPair>>();
  private readonly everyone = new Set<TargetPair>();

  constructor(pairs: Iterable<TargetPair>) {
    for (const pair of pairs) this.add(pair);
  }

  /** Those that name a role or user; `about`: of those that name its account only these. */
  naming(arn: string, about: ReadonlySet<string> | undefined): ReadonlySet<TargetPair> {
    const { accountId = "", type, name } = tryParseIamArn(arn) ?? {};
    const session = type === "role" ? `${accountId} session of ${name}` : "";
    const found = new Set([...(this.byArn.get(arn) ?? []), ...(this.byArn.get(session) ?? [])]);
    for (const pair of [...(this.byAccount.get(accountId) ?? []), ...this.everyone]) {
      if (about === undefined || about.has(pair.arn)) found.add(pair);
    }
    return found;
  }

  private add(pair: TargetPair): void {
    for (const policy of [policyOf(pair.before), policyOf(pair.after)]) {
      if (typeof policy !== "object") continue;
      const named = namedPrincipals(asArray(policy.Statement));
      for (const arn of named.arns) addTo(this.byArn, keyOfName(arn), pair);
      for (const account of named.accounts) addTo(this.byAccount, account, pair);
      if (named.everyone || named.userIds.size > 0 || named.uniqueIds.size > 0) {
        this.everyone.add(pair);
      }
    }
  }
}

/** A role session's ARN leaves out the path of its role. */
function keyOfName(arn: string): string {
  const parsed = tryParseIamArn(arn);
  return parsed?.type === "assumed-role"
    ? `${parsed.accountId} session of ${parsed.path.slice(1, -1)}`
    : arn;
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
