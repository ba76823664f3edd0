import type { Model } from "../model/model";
import { hasEnded } from "../model/rollout/revocations";
import { tryFindSeal } from "../trust/lock";
import { namedKey, rowNames } from "./row-names";
import { trustings } from "../model/rollout/trusting";

/** A revocation that is not over: its sessions may still run, or their seal may go. */
export interface RevokedLine {
  readonly roleArn: string;
  readonly principals: readonly string[];
  readonly at: string;
  /** UTC: by then the denied sessions have ended. @default - they are not denied */
  readonly sealedUntil?: string;
  /** What to run next. */
  readonly next: string;
  /** The same in words. */
  readonly text: string;
}

/** Revoked principals, until the seals of their sessions are dropped. */
export function revokedLines(model: Model, now: Date): readonly RevokedLine[] {
  const names = rowNames(model, trustings(model));
  return Object.entries(model.lock.revoked ?? {}).map(([roleArn, { principals, at }]) => {
    const seal = tryFindSeal(model.lock, roleArn);
    const key = model.roles.find(({ arn }) => arn === roleArn)?.key;
    const who = principals.map((each) => namedKey(each, names)).join(", ");
    const begun = `revoked ${at}: ${who} in ${namedKey(roleArn, names)}`;
    const common = { roleArn, principals, at };
    if (seal === undefined) {
      const next =
        key === undefined ? "npx crosstrust status" : `npx crosstrust revoke ${key} --seal`;
      const text = `${begun}; sessions that began before its deploy may still run: ${next}`;
      return { ...common, next, text };
    }
    const next = "npx crosstrust revoke --drop";
    const text = hasEnded(seal, now)
      ? `${begun}; every session has ended, the seal may go: ${next}`
      : `${begun}; older sessions are denied until ${seal.until}, then: ${next}`;
    return { ...common, sealedUntil: seal.until, next, text };
  });
}
