import { tryParseIamArn } from "../../iam/arn";
import type { Difference } from "./difference";

/**
 * Differences without what others say already: of principals of an account where all of the account are
 * told, of everyone's where everyone is, both where these need bring no more along, and of permissions
 * where what they lead to is.
 */
export function withoutImplied(differences: readonly Difference[]): readonly Difference[] {
  const told = new Map<string, Set<string>>();
  for (const difference of differences) {
    const { who, targetLabel, rest } = difference;
    if (who.rootUser === true) continue;
    for (const each of [difference, { ...difference, target: targetLabel }]) {
      const key = sayKey(each, who.principal);
      const known = told.get(key);
      if (known === undefined) told.set(key, new Set([rest]));
      else known.add(rest);
    }
  }
  return differences.filter((difference) => {
    const { who, kind, action, target, rest } = difference;
    if (kind === "permission") {
      const { direction, targetLabel } = difference;
      const reached = { direction, kind: "access", target: targetLabel, action } as const;
      return action === undefined || !told.has(sayKey(reached, who.principal));
    }
    const account = tryParseIamArn(who.principal);
    if (target === undefined || account === undefined) return true;
    const isTold = (principal: string): boolean => {
      const rests = told.get(sayKey(difference, principal));
      return rests !== undefined && (rests.has("") || rests.has(rest));
    };
    if (account.type === "root") return !isTold("*");
    return !isTold(`arn:${account.partition}:iam::${account.accountId}:root`) && !isTold("*");
  });
}

function sayKey(
  { direction, kind, target, action }: Pick<Difference, "direction" | "kind" | "target" | "action">,
  principal: string,
): string {
  return [direction, kind, target, action, principal].join(" ");
}
