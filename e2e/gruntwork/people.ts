import { ADMINISTRATOR_ACCESS, type Cloud } from "../harness/cloud";
import type { Credentials } from "../harness/sigv4";
import { ACCOUNTS, sessionOf, type AccountName } from "./organization";

/** Who tries to use what is shared: people whom no stack has made, and the deploy runner. */
export class People {
  private readonly users = new Map<string, Promise<Credentials>>();

  constructor(private readonly cloud: Cloud) {}

  /** Somebody of an account with every permission there: the identity half of any access. */
  administratorOf(account: AccountName): Promise<Credentials> {
    return this.user(account, "administrator-of-the-account", [ADMINISTRATOR_ACCESS]);
  }

  /** Somebody of an account without any permission. */
  nobodyOf(account: AccountName): Promise<Credentials> {
    return this.user(account, "nobody", []);
  }

  /** A session of an account's deploy role, which the deploy runner in shared comes to. */
  async deployRoleOf(account: AccountName): Promise<Credentials> {
    const runner = await this.cloud.sessionOf(ACCOUNTS.shared, "ecs-deploy-runner");
    return sessionOf(this.cloud, runner, `arn:aws:iam::${ACCOUNTS[account]}:role/deploy`);
  }

  private user(
    account: AccountName,
    name: string,
    policies: readonly string[],
  ): Promise<Credentials> {
    const key = `${account}/${name}`;
    const user = this.users.get(key) ?? this.cloud.createUser(ACCOUNTS[account], name, policies);
    this.users.set(key, user);
    return user;
  }
}
