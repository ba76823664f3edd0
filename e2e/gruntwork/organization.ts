import { assumeRole, assumeRoleWithToken } from "../harness/assume-role";
import { ACCESS_ROLE, type Cloud } from "../harness/cloud";
import type { RunAs } from "../harness/follow-status";
import type { Project } from "../harness/project";
import type { Credentials } from "../harness/sigv4";

/** The accounts of the example's accounts.json, and the one that is added to it. */
export const ACCOUNTS = {
  root: "100000000101",
  logs: "100000000102",
  security: "100000000103",
  shared: "100000000104",
  dev: "100000000105",
  stage: "100000000106",
  prod: "100000000107",
  sandbox: "100000000108",
} as const;

/** Name of an account of the example. */
export type AccountName = keyof typeof ACCOUNTS;

/** The Region of the example's settings. */
export const REGION = "eu-west-1";

const DEPLOYER = `arn:aws:iam::${ACCOUNTS.shared}:role/crosstrust-deployer`;

/** How `crosstrust status` names those who deploy. */
export const AS = {
  administrator: "as an administrator of the management account",
  hubAdministrator: `as an administrator of shared (${ACCESS_ROLE})`,
  deployer: `as the deployer (${DEPLOYER})`,
} as const;

/** What the tokens say by which CI becomes the deployer. */
const CI_TOKEN = {
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: "repo:acme/infrastructure-live:ref:refs/heads/main",
} as const;

/** Sets the accounts up, and makes an administrator of the management account. */
export function prepareOrganization(cloud: Cloud): Promise<Credentials> {
  const { root, ...members } = ACCOUNTS;
  return cloud.createOrganization(root, Object.values(members));
}

/** Runs the program with the credentials of whom `crosstrust status` names. */
export function runAsNamed(cloud: Cloud, project: Project, administrator: Credentials): RunAs {
  return async (as) => {
    switch (as) {
      case AS.administrator:
        return project.as(administrator);
      case AS.hubAdministrator: {
        const accessRole = `arn:aws:iam::${ACCOUNTS.shared}:role/${ACCESS_ROLE}`;
        return project.as(await sessionOf(cloud, administrator, accessRole));
      }
      case AS.deployer:
        return project.as(await deployerByToken(cloud));
      default:
        throw new Error(`nobody here is ${JSON.stringify(as)}`);
    }
  };
}

/** A session of a role that lets somebody in. */
export async function sessionOf(
  cloud: Cloud,
  caller: Credentials,
  roleArn: string,
): Promise<Credentials> {
  const answer = await assumeRole(cloud.as(caller), { roleArn });
  if (answer.verdict === "denied") throw new Error(`refused by ${roleArn}`);
  return answer.credentials;
}

/** A session of the deployer, as CI gets it: by a token. */
async function deployerByToken(cloud: Cloud): Promise<Credentials> {
  const answer = await assumeRoleWithToken(cloud.root(ACCOUNTS.shared), DEPLOYER, CI_TOKEN);
  if (answer.verdict === "denied") throw new Error(`CI's token is refused by ${DEPLOYER}`);
  return answer.credentials;
}
