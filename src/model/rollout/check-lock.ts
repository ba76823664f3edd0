import type { Problem } from "../../source/problem";
import type { LockFile } from "../../trust/parse-lock";
import { isPrincipalTrust, tightens } from "../../trust/trust";
import type { Model } from "../model";
import { trustedPrincipals } from "./trusted-principals";
import { trustings } from "./trusting";

/**
 * Without its lock an organization with staged trusts would fall back to stage `account` everywhere,
 * silently: so a missing one is an error as soon as anything tightens.
 */
export function missingLock(model: Model, accountsFile: string): readonly Problem[] {
  const staged = trustings(model).some(({ trusts }) =>
    trusts.some((trust) => isPrincipalTrust(trust) && tightens(trust)),
  );
  if (!staged) return [];
  return [
    {
      severity: "error",
      location: { file: accountsFile, line: 1, column: 1 },
      path: "",
      expected: "trust.lock.json beside this file",
      found: "none: every trust would fall back to the whole account",
      remedy:
        "restore it from version control; for a new organization run npx crosstrust confirm --init",
    },
  ];
}

/** A principal that was gone from accounts.json and is back: its old confirmation proves nothing. */
export function returnedPrincipals(model: Model, { lock, document }: LockFile): readonly Problem[] {
  const trusted = trustedPrincipals(model);
  return Object.entries(lock.principals)
    .filter(([arn, { absent }]) => absent === true && trusted.has(arn))
    .map(([arn]) => ({
      severity: "error",
      location: document.locate(["principals", arn], "key"),
      path: `principals[${JSON.stringify(arn)}]`,
      expected: "a principal that was never gone, or a new confirmation",
      found: "one that accounts.json did not have for a while: its role may have been deleted",
      remedy:
        "run npx crosstrust confirm once it exists, or npx crosstrust confirm --prune to start over at stage account",
    }));
}
