import { assumeRole, assumeRoleWithToken, type TokenClaims } from "../harness/assume-role";
import { ACCESS_ROLE, ADMINISTRATOR_ACCESS, type Cloud } from "../harness/cloud";
import type { Credentials } from "../harness/sigv4";
import type { Caller } from "./verdicts";

/** The accounts of examples/staged-bootstrap, and one that it does not know. */
export const ACCOUNTS = {
  root: "100000000001",
  shared: "100000000002",
  client: "100000000003",
  deploy: "100000000004",
  vendor: "900000000001",
  stranger: "700000000001",
} as const;

/** Who there is before the first deploy: nobody of these is made by the stacks. */
export interface People {
  /** IAM user of the management account. */
  readonly administrator: Credentials;
  /** IAM user of the hub, one of `firstDeployers`. */
  readonly founder: Credentials;
  /** Administrator of the vendor's account, which is in another organization. */
  readonly vendor: Credentials;
  /** Administrator of an account that nobody trusts. */
  readonly stranger: Credentials;
}

/** Sets the accounts up as AWS Organizations leaves them, with their first administrators. */
export async function prepareAccounts(cloud: Cloud): Promise<People> {
  const administratorOf = (account: string, name: string): Promise<Credentials> =>
    cloud.createUser(account, name, [ADMINISTRATOR_ACCESS]);
  return {
    administrator: await cloud.createOrganization(ACCOUNTS.root, [
      ACCOUNTS.shared,
      ACCOUNTS.client,
      ACCOUNTS.deploy,
    ]),
    founder: await administratorOf(ACCOUNTS.deploy, "founder"),
    vendor: await administratorOf(ACCOUNTS.vendor, "auditor"),
    stranger: await administratorOf(ACCOUNTS.stranger, "stranger"),
  };
}

/** What is in the accounts that no stack has made. */
export const PREPARED: Readonly<Record<keyof typeof ACCOUNTS, readonly string[]>> = {
  root: ["user administrator"],
  shared: [`role ${ACCESS_ROLE}`],
  client: [`role ${ACCESS_ROLE}`],
  deploy: [`role ${ACCESS_ROLE}`, "user founder"],
  vendor: ["user auditor"],
  stranger: ["user stranger"],
};

/** A session of an account's access role: how an administrator of the organization gets in. */
export async function accessRoleSession(
  cloud: Cloud,
  administrator: Credentials,
  account: string,
): Promise<Credentials> {
  const roleArn = `arn:aws:iam::${account}:role/${ACCESS_ROLE}`;
  const answer = await assumeRole(cloud.as(administrator), { roleArn });
  if (answer.verdict === "denied") throw new Error(`the administrator is refused by ${roleArn}`);
  return answer.credentials;
}

/** What the tokens say by which CI becomes the deployer. */
export const CI_TOKEN: TokenClaims = {
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: "repo:acme/infra:ref:refs/heads/main",
};

/** A session of the deployer, as CI gets it: by a token. */
export async function deployerByToken(cloud: Cloud): Promise<Credentials> {
  const roleArn = `arn:aws:iam::${ACCOUNTS.deploy}:role/crosstrust-deployer`;
  const answer = await assumeRoleWithToken(cloud.root(ACCOUNTS.deploy), roleArn, CI_TOKEN);
  if (answer.verdict === "denied") throw new Error(`CI's token is refused by ${roleArn}`);
  return answer.credentials;
}

/** Everybody who can call by now, with MFA where it is a user; roles and users that stacks make included. */
export async function everybody(
  cloud: Cloud,
  { administrator, founder, vendor, stranger }: People,
  keysOf: (userName: string) => Promise<Credentials>,
): Promise<readonly Caller[]> {
  const user = async (
    account: string,
    principal: string,
    credentials: Credentials,
  ): Promise<Caller> => ({
    principal: `arn:aws:iam::${account}:${principal}`,
    credentials,
    withMfa: await cloud.sessionWithMfa(credentials, `arn:aws:iam::${account}:mfa/device`),
  });
  const accessRole = async (account: string): Promise<Caller> => ({
    principal: `arn:aws:iam::${account}:role/${ACCESS_ROLE}`,
    credentials: await accessRoleSession(cloud, administrator, account),
  });
  const isMade = async (account: string, name: string): Promise<boolean> =>
    (await cloud.everythingOfIam(account)).includes(name);
  const userIfMade = async (name: string): Promise<readonly Caller[]> =>
    (await isMade(ACCOUNTS.root, `user ${name}`))
      ? [await user(ACCOUNTS.root, `user/${name}`, await keysOf(name))]
      : [];
  const roleIfMade = async (
    account: string,
    name: string,
    session: () => Promise<Credentials>,
  ): Promise<readonly Caller[]> =>
    (await isMade(account, `role ${name}`))
      ? [{ principal: await cloud.roleArn(account, name), credentials: await session() }]
      : [];
  return [
    await user(ACCOUNTS.root, "user/administrator", administrator),
    await user(ACCOUNTS.deploy, "user/founder", founder),
    // The rehearsal knows nobody in accounts that are not ours: only the account principal.
    await user(ACCOUNTS.vendor, "root", vendor),
    await user(ACCOUNTS.stranger, "root", stranger),
    await accessRole(ACCOUNTS.shared),
    await accessRole(ACCOUNTS.client),
    await accessRole(ACCOUNTS.deploy),
    ...(await userIfMade("alice")),
    ...(await userIfMade("bob")),
    ...(await roleIfMade(ACCOUNTS.deploy, "crosstrust-deployer", () => deployerByToken(cloud))),
    ...(await roleIfMade(ACCOUNTS.shared, "ci", () => cloud.sessionOf(ACCOUNTS.shared, "ci"))),
  ];
}
