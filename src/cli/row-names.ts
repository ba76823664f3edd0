import { tryParseIamArn } from "../iam/arn";
import { principalName } from "../iam/principal-name";
import type { Model } from "../model/model";
import type { Trusting } from "../model/rollout/trusting";

/** What people call accounts, by ID, and what trusts, by ARN. */
export type RowNames = ReadonlyMap<string, string>;

/** An account that accounts.json no longer has goes by the name of its stack. */
export function rowNames({ accounts, lock }: Model, all: readonly Trusting[]): RowNames {
  const gone = Object.entries(lock.stacks).filter(([stack]) => !stack.endsWith("-bootstrap"));
  return new Map([
    ...gone.map(([stack, id]) => [id, stack] as const),
    ...accounts.map(({ id, name }) => [id, name] as const),
    ...all.filter(({ kind }) => kind !== "account").map(({ arn, label }) => [arn, label] as const),
  ]);
}

/**
 * What the terms of a trust are known by, each word as people know it: what trusts by its label, an ARN
 * of IAM as `account/name`, an account by its name.
 */
export function namedKey(text: string, names: RowNames): string {
  const [, id] = /^account (\d{12})$/.exec(text) ?? [];
  if (id !== undefined) return names.get(id) ?? id;
  const [, kind, account, name] = /^(group|permission set) (\d{12})\/(.*)$/.exec(text) ?? [];
  if (kind === "group" || kind === "permission set") {
    return principalName(names.get(account) ?? account, kind, name);
  }
  return text
    .split(" ")
    .map((word) => names.get(word) ?? namedArn(word, names))
    .join(" ");
}

function namedArn(word: string, names: RowNames): string {
  const arn = tryParseIamArn(word);
  // A group has no ARN here: `100000000103/platform`.
  if (arn === undefined) return word.replace(/^\d{12}(?=\/)/, (id) => names.get(id) ?? id);
  const account = names.get(arn.accountId) ?? arn.accountId;
  return arn.type === "root" ? account : `${account}/${arn.name}`;
}
