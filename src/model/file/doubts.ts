/**
 * What could not be read. What refers to it is not judged, so that one mistake is told once.
 */
export interface Doubts {
  /** Names of accounts of which more than the ID is wrong: kind, OU and tags cannot be told. */
  readonly accounts: ReadonlySet<string>;
  /** Names of accounts whose ID is wrong; each has a made-up ID of its own. */
  readonly accountIds: ReadonlySet<string>;
  /** Keys of roles of which something is wrong: in which accounts they exist cannot be told. */
  readonly roles: ReadonlySet<string>;
  /** Names of accounts in whose `identities` something is wrong. */
  readonly identities: ReadonlySet<string>;
  /** Whether an included file could not be read: any role, user or group may be in it. */
  readonly includes: boolean;
  /** Whether nothing of `notifications` could be read, though it is there. */
  readonly notifications: boolean;
}

/** Whether there is any doubt. */
export function isInDoubt(doubts: Doubts): boolean {
  const { accounts, roles, identities, includes } = doubts;
  return includes || [accounts, roles, identities].some((names) => names.size > 0);
}
