import type { Model } from "../model/model";
import { removedTrusts } from "../model/rollout/removed-trusts";
import {
  isOver,
  isUndone,
  openRevocations,
  sealedUntil,
  type OpenRevocation,
} from "../model/rollout/revocations";
import { trustings } from "../model/rollout/trusting";
import { SEAL_KEY } from "../trust/seal-terms";
import { namedKey, rowNames } from "./row-names";

/** A revocation that is not over: its sessions may still run, or their seal may go. */
export interface RevokedLine {
  readonly roleArn: string;
  readonly principals: readonly string[];
  readonly at: string;
  /** UTC: by then the denied sessions have ended. @default - not all of them are denied */
  readonly sealedUntil?: string;
  /** What to run once no deploy is left. @default - nothing yet */
  readonly next?: string;
  /** The same in words. */
  readonly text: string;
}

/** Revoked principals, until their sessions have ended and the seals are dropped. */
export function revokedLines(model: Model, now: Date): readonly RevokedLine[] {
  const all = trustings(model);
  const names = rowNames(model, all);
  const deployed = new Set(
    removedTrusts(model, all)
      .filter(({ key }) => key !== SEAL_KEY)
      .map(({ trustingArn }) => trustingArn),
  );
  return openRevocations(model).map((revocation) => {
    const { roleArn, principals, at } = revocation;
    const who = principals.map((each) => namedKey(each, names)).join(", ");
    const until = sealedUntil(model.lock, revocation);
    const state = stateOf(model, revocation, until, now, deployed.has(roleArn));
    return {
      roleArn,
      principals,
      at,
      ...(until !== undefined && { sealedUntil: until }),
      ...(state.next !== undefined && { next: state.next }),
      text: `revoked ${at}: ${who} in ${namedKey(roleArn, names)}; ${state.words}`,
    };
  });
}

function stateOf(
  { lock }: Model,
  revocation: OpenRevocation,
  until: string | undefined,
  now: Date,
  isDeployed: boolean,
): { readonly words: string; readonly next?: string } {
  const { roleArn, role, sealedAt } = revocation;
  const drop = "npx crosstrust revoke --drop";
  const seal = `npx crosstrust revoke ${role?.key ?? roleArn} --seal`;
  if (isUndone(revocation)) return { words: `trusted again: ${drop} forgets it`, next: drop };
  if (isOver(lock, revocation, now)) {
    return { words: `every session has ended: ${drop}`, next: drop };
  }
  if (isDeployed) return { words: "not deployed: new sessions still begin" };
  if (until !== undefined) return { words: `older sessions are denied until ${until}` };
  return sealedAt === undefined
    ? { words: `sessions that began before may still run: ${seal}`, next: seal }
    : {
        words: `sealed, but sessions may have begun in the reached roles before that was deployed: ${seal} once more`,
        next: seal,
      };
}
