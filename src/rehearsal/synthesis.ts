import { synthesizeInMemory, type Extend } from "../app";
import { accountParts, type AccountParts } from "../model/account-uses";
import type { Model } from "../model/model";
import { appliedValue, isPrincipalTrust } from "../trust/trust";

/** Synthesizes stacks as they are needed, and again only when the lock says otherwise for them. */
export class Synthesis {
  private readonly made = new Map<string, { readonly locked: string; readonly json: unknown }>();

  constructor(private readonly extend: Extend) {}

  /** The Terraform JSON of these stacks by this model's lock. */
  stacks(model: Model, names: readonly string[]): ReadonlyMap<string, unknown> {
    const partsOf = accountParts(model);
    const locked = new Map(names.map((name) => [name, lockedParts(partsOf(name))]));
    const stale = names.filter((name) => this.made.get(name)?.locked !== locked.get(name));
    if (stale.length > 0) {
      for (const [name, json] of synthesizeInMemory(model, this.extend, new Set(stale))) {
        this.made.set(name, { locked: locked.get(name) ?? "", json });
      }
    }
    return new Map(names.map((name) => [name, this.made.get(name)?.json]));
  }
}

/** What the lock decides of a stack: the stages of its trusts, the seals of its roles, and the keys that it names. */
function lockedParts({ roles, users, sharing, keyGrants, logging }: AccountParts): string {
  return JSON.stringify([
    roles.map(({ trusts, mayUse, revokeSessionsBefore }) => [
      trusts.filter(isPrincipalTrust).map(appliedValue),
      mayUse,
      revokeSessionsBefore ?? null,
    ]),
    users.map(({ mayUse }) => mayUse),
    sharing.map(({ resource }) => resource),
    keyGrants.map(({ keyArn }) => keyArn ?? null),
    logging.map(({ trail, config }) => [trail, config]),
  ]);
}
