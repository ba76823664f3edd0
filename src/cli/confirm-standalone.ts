import { isDeepStrictEqual } from "node:util";
import type { ConfirmOptions, RecreatedPrincipal } from "../model/rollout/confirmation";
import type { ChangedKey } from "../model/rollout/confirm-keys";
import type { StackOutputs } from "../model/rollout/stack-outputs";
import { tryFindPrincipal, type Lock } from "../trust/lock";
import { confirmPrincipal, recordApplied } from "../trust/lock-changes";
import { updateLock } from "../trust/lock-file";
import { EMPTY_REPORT, tightenedAgain, type ConfirmReport } from "./confirm-report";
import { readOutputsFile } from "./outputs-file";

/**
 * `crosstrust confirm --outputs FILE` in a folder with a lock and no accounts file: a CDKTF program on
 * the constructs alone. Every principal that the outputs name is recorded, and every applied trust.
 */
export function confirmStandalone(
  lockFile: string,
  outputsFile: string,
  options: ConfirmOptions,
): ConfirmReport {
  const outputs = [...readOutputsFile(outputsFile).values()];
  const found = outputs.flatMap((each) => Object.entries(each.trustedPrincipals));
  const trusts = outputs.flatMap((each) => Object.entries(each.trusts));
  let report = EMPTY_REPORT;
  updateLock(lockFile, (lock) => {
    const recreated = found.flatMap(([arn, now]): readonly RecreatedPrincipal[] => {
      const was = tryFindPrincipal(lock, arn)?.uniqueId;
      if (was === undefined || was === now) return [];
      return [{ arn, was, now, trustedBy: trustedByInLock(lock, arn) }];
    });
    const isRecreated = new Set(recreated.map(({ arn }) => arn));
    const recorded = found.filter(([arn]) => options.acceptRecreated || !isRecreated.has(arn));
    const withPrincipals = recorded.reduce(
      (changed, [arn, uniqueId]) => confirmPrincipal(changed, arn, uniqueId, options.now),
      lock,
    );
    const isNew = ([arn]: readonly [string, string]): boolean => {
      const known = tryFindPrincipal(lock, arn);
      return known === undefined || known.absent === true || known.reopenedIn !== undefined;
    };
    const keys = changedKeys(lock, outputs);
    report = {
      ...EMPTY_REPORT,
      confirmed: found
        .filter((each) => !isRecreated.has(each[0]) && isNew(each))
        .map(([arn]) => arn)
        .sort(),
      recreated,
      accepted: options.acceptRecreated,
      applied: trusts
        .filter(([role, applied]) => !isDeepStrictEqual(lock.applied[role], applied))
        .map(([role]) => role),
      keys,
      tightenedAgain: tightenedAgain(lock, withPrincipals),
    };
    const withApplied = trusts.reduce(
      (changed, [role, applied]) => recordApplied(changed, role, applied),
      withPrincipals,
    );
    const recordedKeys = keys.flatMap(({ aliasArn, now }) =>
      now === undefined ? [] : [[aliasArn, now]],
    );
    return keys.length === 0
      ? withApplied
      : { ...withApplied, keys: { ...lock.keys, ...Object.fromEntries(recordedKeys) } };
  });
  return report;
}

/** Keys that outputs name and the lock does not, or has as others. */
function changedKeys({ keys = {} }: Lock, outputs: readonly StackOutputs[]): readonly ChangedKey[] {
  return outputs
    .flatMap(({ sharedKeys }) => Object.entries(sharedKeys ?? {}))
    .filter(([aliasArn, now]) => keys[aliasArn] !== now)
    .map(([aliasArn, now]) => {
      const was = Object.hasOwn(keys, aliasArn) ? keys[aliasArn] : undefined;
      return { aliasArn, ...(was !== undefined && { was }), now };
    });
}

/** The roles that are known to trust a principal: without an accounts file, those that were applied. */
export function trustedByInLock({ applied }: Lock, principalArn: string): readonly string[] {
  return Object.keys(applied)
    .filter((role) => Object.hasOwn(applied[role], principalArn))
    .sort();
}
