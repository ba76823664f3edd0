import type { AppliedTrusts, Lock } from "../../trust/lock";
import { confirmedPrincipal } from "../../trust/lock-changes";
import type { Model } from "../model";
import type { StackOutputs } from "./stack-outputs";
import { confirmKeys, definedKeys, type ChangedKey } from "./confirm-keys";
import { confirmRevocations } from "./revocations";
import { stackOfTrusting } from "./stack-of-trusting";
import { stackAccounts, trustedPrincipals } from "./trusted-principals";
import { trustings } from "./trusting";

/** A principal that was deleted and made again since it was confirmed. */
export interface RecreatedPrincipal {
  readonly arn: string;
  readonly was: string;
  readonly now: string;
  /** Stacks with something that trusts it: they must be deployed again. */
  readonly trustedBy: readonly string[];
}

/** What a confirmation finds, and the lock that it leads to. */
export interface Confirmation {
  readonly lock: Lock;
  /** ARNs confirmed for the first time, or anew after they were gone or reopened. */
  readonly confirmed: readonly string[];
  /** Recorded in the lock only when they were accepted. */
  readonly recreated: readonly RecreatedPrincipal[];
  /** Trusting ARNs whose applied trusts changed. */
  readonly applied: readonly string[];
  /** KMS keys that are new, gone or others than were recorded. */
  readonly keys: readonly ChangedKey[];
  /** Confirmed ARNs that the outputs of their stack no longer name. */
  readonly missing: readonly string[];
  /** ARNs in the lock that accounts.json no longer has. */
  readonly absent: readonly string[];
}

/** How a confirmation is made. */
export interface ConfirmOptions {
  /** UTC, `2026-11-23T10:00:00Z`. */
  readonly now: string;
  /** Whether a changed unique ID is recorded. */
  readonly acceptRecreated: boolean;
}

/**
 * Records what stacks' outputs say: which principals exist, with which unique ID, which trusts are
 * applied, and which KMS keys there are. Stacks whose outputs are not given stay as they are recorded.
 *
 * A principal whose unique ID changed is recorded only when that is accepted: its trusts let in
 * whoever made it again.
 */
export function confirmOutputs(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
  options: ConfirmOptions,
): Confirmation {
  const principals = new Map(Object.entries(model.lock.principals));
  const trusted = trustedPrincipals(model);
  const confirmed: string[] = [];
  const recreated: RecreatedPrincipal[] = [];
  const missing: string[] = [];
  for (const [arn, { stack, trustedBy }] of trusted) {
    const stackOutputs = stack === undefined ? undefined : outputs.get(stack);
    if (stackOutputs === undefined) continue;
    const uniqueId = own(stackOutputs.trustedPrincipals, arn);
    const known = principals.get(arn);
    if (uniqueId === undefined) {
      if (known !== undefined) missing.push(arn);
      continue;
    }
    const isRecreated = known !== undefined && known.uniqueId !== uniqueId;
    if (isRecreated) recreated.push({ arn, was: known.uniqueId, now: uniqueId, trustedBy });
    if (isRecreated && !options.acceptRecreated) continue;
    const isKept =
      known?.uniqueId === uniqueId && known.absent !== true && known.reopenedIn === undefined;
    if (isKept) continue;
    principals.set(arn, confirmedPrincipal(known, uniqueId, options.now));
    if (!isRecreated) confirmed.push(arn);
  }
  const absent = [...principals.keys()].filter((arn) => !trusted.has(arn)).sort();
  for (const arn of absent) {
    const entry = principals.get(arn);
    if (entry !== undefined) principals.set(arn, { ...entry, absent: true });
  }
  const { applied, changed } = appliedTrusts(model, outputs);
  const terms = appliedTerms(model, outputs);
  const keys = confirmKeys(model, outputs);
  return {
    lock: {
      // With what other commands found out: which sessions are sealed.
      ...model.lock,
      revoked: confirmRevocations(model, outputs),
      principals: Object.fromEntries(principals),
      applied,
      stacks: recordStacks(model, outputs),
      ...(terms !== undefined && { terms }),
      ...(keys.recorded !== undefined && { keys: keys.recorded }),
    },
    confirmed: confirmed.sort(),
    recreated,
    applied: changed,
    keys: keys.changed,
    missing,
    absent,
  };
}

/** Takes out what accounts.json no longer has, or did not have for a while. */
export function pruneLock(model: Model, lock: Lock): Lock {
  const trusted = trustedPrincipals(model);
  const trusting = new Set(trustings(model).map(({ arn }) => arn));
  const stacks = new Set(stackAccounts(model).keys());
  const keys = definedKeys(model);
  return {
    ...lock,
    principals: keep(
      lock.principals,
      (arn) => trusted.has(arn) && lock.principals[arn].absent !== true,
    ),
    applied: keep(lock.applied, (arn) => trusting.has(arn)),
    stacks: keep(lock.stacks, (stack) => stacks.has(stack)),
    ...(lock.terms !== undefined && { terms: keep(lock.terms, (arn) => trusting.has(arn)) }),
    ...(lock.keys !== undefined && { keys: keep(lock.keys, (alias) => keys.has(alias)) }),
    ...(lock.sealed !== undefined && { sealed: keep(lock.sealed, (arn) => trusting.has(arn)) }),
  };
}

function keep<T>(
  record: Readonly<Record<string, T>>,
  isKept: (key: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => isKept(key)));
}

function recordStacks(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
): Readonly<Record<string, string>> {
  const accounts = stackAccounts(model);
  const stacks = { ...model.lock.stacks };
  for (const stack of outputs.keys()) {
    const account = accounts.get(stack);
    if (account !== undefined) stacks[stack] = account;
  }
  return stacks;
}

function appliedTrusts(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
): {
  readonly applied: Readonly<Record<string, AppliedTrusts>>;
  readonly changed: readonly string[];
} {
  const applied = new Map(Object.entries(model.lock.applied));
  const changed: string[] = [];
  for (const { arn, stack } of trustings(model)) {
    const stackOutputs = outputs.get(stack);
    if (stackOutputs === undefined) continue;
    const before = JSON.stringify(sorted(applied.get(arn) ?? {}));
    const now = own(stackOutputs.trusts, arn);
    if (now === undefined) applied.delete(arn);
    else applied.set(arn, now);
    if (JSON.stringify(sorted(now ?? {})) !== before) changed.push(arn);
  }
  return { applied: Object.fromEntries(applied), changed };
}

/**
 * The terms of all that trusts in these stacks, also of what accounts.json no longer has. A stack tells
 * of its own account alone: whoever writes one account's state cannot call another's trusts applied.
 */
function appliedTerms(model: Model, outputs: ReadonlyMap<string, StackOutputs>): Lock["terms"] {
  const terms = new Map(Object.entries(model.lock.terms ?? {}));
  const stackOf = stackOfTrusting(model);
  for (const arn of terms.keys()) {
    if (outputs.get(stackOf(arn) ?? "")?.trustTerms !== undefined) terms.delete(arn);
  }
  const accountOf = stackAccounts(model);
  const stackNow = new Map(trustings(model).map(({ arn, stack }) => [arn, stack]));
  for (const [stack, { trustTerms }] of outputs) {
    for (const [arn, now] of Object.entries(trustTerms ?? {})) {
      const owner = stackNow.get(arn) ?? stackOf(arn);
      if (owner === undefined || accountOf.get(owner) === accountOf.get(stack)) terms.set(arn, now);
    }
  }
  return terms.size === 0 ? model.lock.terms : Object.fromEntries(terms);
}

function sorted(record: AppliedTrusts): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
