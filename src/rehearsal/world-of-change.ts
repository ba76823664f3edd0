import type { Model } from "../model/model";
import { sharedArn } from "../sharing/shared-arn";
import { buildWorld, type World } from "./world";

/**
 * The world of a change of the files: also with the accounts, and with what exists in them, that only
 * the files after the change have.
 */
export function buildWorldOfChange(before: Model, after: Model): World {
  const both = <T>(
    of: (model: Model) => readonly T[],
    keyOf: (item: T) => string,
  ): readonly T[] => {
    const known = new Set(of(before).map(keyOf));
    return [...of(before), ...of(after).filter((item) => !known.has(keyOf(item)))];
  };
  return buildWorld({
    ...before,
    accounts: both(
      ({ accounts }) => accounts,
      ({ id, name }) => (id === "" ? name : id),
    ),
    roles: both(
      ({ roles }) => roles,
      ({ arn }) => arn,
    ),
    users: both(
      ({ users }) => users,
      ({ arn }) => arn,
    ),
    groups: both(
      ({ groups }) => groups,
      ({ account, name }) => `${account.id} ${name}`,
    ),
    sharing: both(
      ({ sharing }) => sharing,
      ({ resource }) => sharedArn(resource),
    ),
    logging: both(
      ({ logging }) => logging,
      ({ account }) => account.id,
    ),
  });
}
