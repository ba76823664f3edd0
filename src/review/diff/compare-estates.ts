import { withoutControlPolicies } from "../../estate/control-policies";
import type { Estate } from "../../estate/estate";
import { displayName } from "../display-name";
import { changedIdentities } from "./changed-identities";
import { compareAccess } from "./compare-access";
import type { Comparing } from "./comparing";
import { compareControlPolicies } from "./control-policy-differences";
import { comparePermissions } from "./compare-permissions";
import type { Difference, EstateDiff, Rewritten } from "./difference";
import type { Observer } from "./judge-suspect";
import { replacementsOf, renamedEstate } from "./replacements";
import { sessionDifferences } from "./session-lengths";
import { targetName } from "./target-name";
import { targetPairs, isRole, originsOf, type TargetPair } from "./target";
import { unreadDifferences } from "./unread";

/** How estates are compared. */
export interface CompareOptions {
  /** Account ID to name, for people. @default - accounts go by their IDs */
  readonly accounts?: ReadonlyMap<string, string>;
  /** Is told of every request that is judged. @default - nobody is */
  readonly observe?: Observer;
}

/**
 * What a change of an estate does to access: judged by the requests that tell the two apart, not by
 * their texts. The cost grows with what differs, and with the size of both estates, not with pairs.
 */
export function compareEstates(
  before: Estate,
  after: Estate,
  { accounts = new Map(), observe = () => undefined }: CompareOptions = {},
): EstateDiff {
  let requests = 0;
  const replaced = replacementsOf(before, after, accounts);
  // A role that is only called otherwise is compared with itself.
  const renamed = renamedEstate(before, replaced);
  const comparing: Comparing = {
    before: withoutControlPolicies(renamed),
    after: withoutControlPolicies(after),
    accounts,
    observe: (...seen) => {
      requests += 1;
      observe(...seen);
    },
  };
  const pairs = targetPairs(comparing.before, comparing.after);
  const identities = changedIdentities(comparing.before, comparing.after);
  const { differences, rewritten } = compareAccess(comparing, pairs, identities.changed);
  const roles = new Set(pairs.map(({ arn }) => arn));
  const permissions = [...identities.changed.values()].flatMap((changed) =>
    comparePermissions(comparing, changed, roles),
  );
  const controls = compareControlPolicies({ ...comparing, before: renamed, after });
  const all: readonly Difference[] = [
    ...differences,
    ...permissions,
    ...sessionDifferences(comparing),
    ...controls.differences,
    ...unreadDifferences(comparing),
  ];
  const told = new Set(all.map(({ target, who }) => target ?? who.principal));
  return {
    differences: all,
    replaced,
    unchanged: [
      ...rewritten.filter(({ arn }) => !told.has(arn)).map((pair) => rewrittenAs(pair, accounts)),
      ...identities.rewritten.map(({ arn, origin }) => ({
        label: displayName(arn, accounts),
        what: "permissions" as const,
        origin,
      })),
      ...controls.rewritten,
    ],
    requests,
  };
}

function rewrittenAs(pair: TargetPair, accounts: ReadonlyMap<string, string>): Rewritten {
  const [origin] = originsOf(pair);
  const what = isRole(pair.target) ? "trust policy" : "policy";
  return { label: targetName(pair.arn, accounts), what, origin };
}
