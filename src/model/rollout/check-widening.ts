import type { Problem } from "../../source/problem";
import { tryFindPrincipal } from "../../trust/lock";
import { appliedValue } from "../../trust/trust";
import type { Model } from "../model";
import { trackTrusts } from "./trust-progress";

/**
 * Trusts that are applied to their principal and would go back to the account with the next deploy,
 * although nobody reopened them there: `tighten` was changed, or the confirmation is gone from the lock.
 */
export function wideningTrusts(model: Model): readonly Problem[] {
  return trackTrusts(model)
    .filter(({ trust, applied }) => applied !== undefined && applied !== appliedValue(trust))
    .filter(({ trust }) => appliedValue(trust) === "account")
    .filter(({ trusting, trust }) => {
      const reopened = tryFindPrincipal(model.lock, trust.principalArn)?.reopenedIn ?? [];
      return !reopened.includes(trusting.account.id);
    })
    .map(({ trusting, trust }): Problem => {
      const account = `arn:${trust.partition}:iam::${trust.accountId}:root`;
      const guarded = trust.guard.length === 0 ? `all of ${account}` : trust.guard.join(", ");
      const whom =
        trusting.kind === "lambda-function" ? "nobody: a function takes no guard" : guarded;
      return {
        severity: "warning",
        location: trusting.location,
        path: trusting.path,
        expected: `${trusting.arn} to stay tightened to ${trust.principalArn}, as it is deployed`,
        found: `that deploying ${trusting.stack} takes it back to the account: it would let in ${whom}`,
        remedy:
          "restore tighten, or the lock's entry from version control, unless this is meant (crosstrust reopen, or a changed tighten)",
      };
    });
}
