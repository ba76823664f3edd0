import { Suggestions } from "../../source/suggestions";
import type { Entry } from "../file/entry";
import type { Account } from "../model";
import type { RoleInput } from "../file/schema/roles";

/** A role entry in one of its accounts. */
export interface RoleInstance {
  readonly entry: Entry<RoleInput>;
  readonly account: Account;
  /** The account's stack; undefined in an external account, whose role trusts ours. */
  readonly stack?: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
}

/** Role instances by key and account. */
export class RoleIndex {
  private readonly byKey = new Map<string, Map<Account, RoleInstance>>();
  private readonly suggestions = new Suggestions(() => this.byKey.keys());

  constructor(instances: readonly RoleInstance[]) {
    for (const instance of instances) {
      const accounts = this.byKey.get(instance.entry.name) ?? new Map<Account, RoleInstance>();
      this.byKey.set(instance.entry.name, accounts.set(instance.account, instance));
    }
  }

  closestKey(key: string): string | undefined {
    return this.suggestions.closestTo(key);
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  tryFind(key: string, account: Account): RoleInstance | undefined {
    return this.byKey.get(key)?.get(account);
  }

  accountsOf(key: string): readonly Account[] {
    return [...(this.byKey.get(key)?.keys() ?? [])];
  }
}
