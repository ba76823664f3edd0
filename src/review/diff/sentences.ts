import type { Origin } from "../../estate/estate";
import { groupBy } from "../../model/group-by";
import type { Difference, Direction } from "./difference";
import { list } from "../list";
import { joinAccounts } from "./join-accounts";

/** Differences that are told in one sentence. */
export interface Sentence {
  readonly direction: Direction;
  readonly text: string;
  readonly differences: readonly Difference[];
  /** Each once. */
  readonly origins: readonly Origin[];
}

/**
 * Differences as sentences: what is the same but for the action, the target or the principal is told
 * once. `most`: so many names stand in a sentence, and how many more there are.
 */
export function sentencesOf(differences: readonly Difference[], most = 8): readonly Sentence[] {
  const parts = differences.map((difference): Part => ({
    difference: [difference],
    who: [difference.who.label],
    actions: difference.action === undefined ? [] : [difference.action],
    targets: difference.targetLabel === "" ? [] : [difference.targetLabel],
  }));
  const byAction = merge(parts, "actions");
  const byTarget = merge(byAction, "targets");
  const ordered = [...mergeOwn(merge(byTarget, "who"), most)].sort(
    (a, b) => placeOf(a) - placeOf(b),
  );
  return ordered.map((part) => ({
    direction: part.difference[0].direction,
    text: textOf(part, most),
    differences: part.difference,
    origins: distinctOrigins(part.difference),
  }));
}

/** Roles first, then resources, then permissions and the rest. */
function placeOf({ difference: [{ kind, action }] }: Part): number {
  if (kind === "access" || kind === "condition") return action === undefined ? 0 : 1;
  return kind === "permission" ? 2 : 3;
}

interface Part {
  readonly difference: readonly Difference[];
  readonly who: readonly string[];
  readonly actions: readonly string[];
  readonly targets: readonly string[];
}

const RESPECTS = ["who", "actions", "targets"] as const;

/** Joins those that differ in one respect alone. */
function merge(parts: readonly Part[], respect: (typeof RESPECTS)[number]): readonly Part[] {
  const groups = groupBy(parts, (part) => {
    const { direction, verb, rest } = part.difference[0];
    const others = RESPECTS.filter((other) => other !== respect).map((other) => part[other]);
    return JSON.stringify([direction, verb, rest, ...others]);
  });
  return [...groups.values()].map((group) => ({
    ...group[0],
    difference: group.flatMap(({ difference }) => difference),
    [respect]: [...new Set(group.flatMap((part) => part[respect]))],
  }));
}

/** Joins those of whom each principal does the same with things of its own account. */
function mergeOwn(parts: readonly Part[], most: number): readonly Part[] {
  const groups = groupBy(parts, (part) => {
    const { direction, verb, rest } = part.difference[0];
    const own = ownTargets(part);
    return JSON.stringify(
      own === undefined
        ? [part.who, part.targets, direction, verb, rest, part.actions]
        : [own, direction, verb, rest, part.actions],
    );
  });
  return [...groups.values()].map((group) => {
    const [first] = group;
    const own = ownTargets(first);
    if (group.length === 1 || own === undefined) return first;
    return {
      ...first,
      difference: group.flatMap(({ difference }) => difference),
      who: group.flatMap(({ who }) => who),
      targets: [`${list(own, most)} of the same account`],
    };
  });
}

/** The targets without their account, where it is that of all the principals; else undefined. */
function ownTargets({ who, targets }: Part): readonly string[] | undefined {
  const accounts = new Set(who.map((label) => /^([\w-]+)\//.exec(label)?.[1]));
  const [account] = accounts;
  if (accounts.size !== 1 || account === undefined || targets.length === 0) return undefined;
  const own = targets.map((target) => {
    if (target.startsWith(`${account}/`)) return target.slice(account.length + 1);
    return target.endsWith(` of ${account}`)
      ? target.slice(0, -` of ${account}`.length)
      : undefined;
  });
  return own.every((target) => target !== undefined) ? own : undefined;
}

function textOf({ difference: [first], who, actions, targets }: Part, most: number): string {
  const subject = list(joinAnyone(joinAccounts(joinKinds(who), most), most), most);
  const what = actions.length === 0 ? "" : ` ${list(actions, most)} on`;
  const target = targets.length === 0 ? "" : ` ${list(joinAccounts(targets, most), most)}`;
  return `${subject} ${first.verb}${what}${target}${first.rest}`;
}

/** `any user or role of dev` and the same of `stage` are one. */
function joinAnyone(labels: readonly string[], most: number): readonly string[] {
  const byKind = new Map<string, string[]>();
  for (const label of labels) {
    const [, kind = label, account] =
      /^(any (?:user|role|user or role)) of (.+)$/.exec(label) ?? [];
    byKind.set(kind, [...(byKind.get(kind) ?? []), ...(account === undefined ? [] : [account])]);
  }
  return [...byKind].map(([kind, accounts]) =>
    accounts.length === 0 ? kind : `${kind} of ${list(accounts, most)}`,
  );
}

/** `any user of root` and `any role of root` are one. */
function joinKinds(labels: readonly string[]): readonly string[] {
  const roles = labels.filter((label) => /^any role /.test(label));
  const both = roles.filter((label) => labels.includes(label.replace("role", "user")));
  return labels.flatMap((label) => {
    if (both.includes(label)) return [label.replace("role", "user or role")];
    return both.includes(label.replace("user", "role")) ? [] : [label];
  });
}

function distinctOrigins(differences: readonly Difference[]): readonly Origin[] {
  const found = new Map<string, Origin>();
  for (const origin of differences.flatMap(({ origins }) => origins)) {
    found.set(`${origin.stack} ${origin.address}`, origin);
  }
  return [...found.values()];
}
