import { accountPrincipalArn, roleArn, tryParseIamArn } from "../iam/arn";
import { policyDocument } from "../iam/policy-document";
import type { Account, Model } from "../model/model";
import type { DeployedBy } from "../model/rollout/next-steps";
import { attachPolicy } from "./aws/holder-policies";
import type { SimulatedRole, SimulatedUser } from "./aws/entities";
import { createGroup, createUser } from "./aws/users-and-groups";
import { SimulatedTerraform } from "./deploy";
import { principalOf, type Principal } from "./principal";
import { seedExistingResources } from "./seed-existing";
import { OUTSIDE, seedAccessRole, seedAdministrator, seedRole } from "./seed";
import { SimulatedAws } from "./simulated-aws";

/** The simulated accounts before the first deploy, and who deploys. */
export interface World {
  readonly terraform: SimulatedTerraform;
  /** Who makes the deploys of a step. */
  deployer(by: DeployedBy): Principal;
  /** The same accounts as changed files have them: who deploys follows from these. */
  changedTo(model: Model): World;
}

/** Stands for the management account of an organization whose file does not name it. */
const UNNAMED_MANAGEMENT_ACCOUNT = "000000000000";

/** Whether a deploying principal stands for an administrator of an account that the file does not name. */
export function isStandIn(principalArn: string): boolean {
  return tryParseIamArn(principalArn)?.accountId === UNNAMED_MANAGEMENT_ACCOUNT;
}

/**
 * What exists before Crosstrust deploys anything: the management account's administrator, each
 * member's access role or its profile's administrator, the first deployers, and what accounts.json
 * says is there already (`existing`, `import`). What is named more than once is there once.
 */
export function buildWorld(model: Model): World {
  const managementId = model.accounts.find(({ kind }) => kind === "management")?.id;
  const aws = new SimulatedAws({
    managementId,
    partition: model.settings.partition,
    organizationIds: new Map(
      model.accounts.flatMap(({ id, organizationId }) =>
        organizationId === undefined ? [] : [[id, organizationId] as const],
      ),
    ),
    quotas: new Map(model.accounts.map(({ id, quotas }) => [id, quotas] as const)),
  });
  const administeringId = managementId ?? UNNAMED_MANAGEMENT_ACCOUNT;
  const administratorOf = (accountId: string): Principal =>
    seedAdministrator(aws, accountId, freeUserName(model, accountId));
  const administrator = administratorOf(administeringId);
  const profiles = new Map<string, Principal>();
  for (const { stack, kind, id, profile, accessRole } of model.accounts) {
    if (stack === undefined) continue;
    // A profile signs in to one account: for a second one, Terraform refuses the account's ID.
    if (profile !== undefined && !profiles.has(profile)) {
      profiles.set(profile, id === administeringId ? administrator : administratorOf(id));
    }
    if (kind === "member") seedAccessRole(aws, id, administeringId, accessRole);
  }
  seedFirstDeployers(aws, model);
  seedExisting(aws, model);
  seedExistingResources(aws, model);
  const terraform = new SimulatedTerraform(aws, profiles);
  const worldOf = (deployed: Model): World => ({
    terraform,
    deployer: (by) => principalBehind(by, deployed, administrator),
    changedTo: worldOf,
  });
  return worldOf(model);
}

function principalBehind(by: DeployedBy, model: Model, administrator: Principal): Principal {
  const { bootstrap } = model.settings;
  if (bootstrap === undefined || by === "administrator") return administrator;
  if (by === "deployer") return principalOf(bootstrap.deployerArn);
  return bootstrap.hub.kind === "management" ? administrator : hubAdministrator(bootstrap.hub);
}

function hubAdministrator(hub: Account): Principal {
  return principalOf(roleArn(hub.partition, hub.id, "/", hub.accessRole));
}

/** A name for a person whom no file names: what accounts.json calls so is somebody else. */
function freeUserName(model: Model, accountId: string): string {
  const taken = new Set(
    [...model.users.map(({ arn }) => arn), ...(model.settings.bootstrap?.firstDeployers ?? [])]
      .map(tryParseIamArn)
      .flatMap((arn) => (arn?.accountId === accountId ? [arn.name.toLowerCase()] : [])),
  );
  let name = "administrator";
  while (taken.has(name)) name = `other-${name}`;
  return name;
}

/** First deployers administer the hub. One that a stack of ours makes is not there at first. */
function seedFirstDeployers(aws: SimulatedAws, model: Model): void {
  const made = new Set(
    [...model.roles, ...model.users]
      .filter(({ ownership }) => ownership === "defined")
      .map(({ arn }) => arn),
  );
  for (const arn of model.settings.bootstrap?.firstDeployers ?? []) {
    const parsed = tryParseIamArn(arn);
    if (parsed === undefined || made.has(arn)) continue;
    const { accountId, name, path } = parsed;
    const identity =
      parsed.type === "user"
        ? ensureUser(aws, accountId, name, path)
        : ensureRole(aws, accountId, name, path);
    const policyArn = `arn:${aws.partition}:iam::aws:policy/AdministratorAccess`;
    if (identity.attachedPolicies.has(policyArn)) continue;
    attachPolicy(aws.account(accountId), identity, policyArn, { stack: OUTSIDE, address: arn });
  }
}

/** Roles, users and groups that accounts.json finds in the accounts. */
function seedExisting(aws: SimulatedAws, model: Model): void {
  for (const { account, name, path, ownership } of model.roles) {
    if (ownership !== "defined") ensureRole(aws, account.id, name, path);
  }
  for (const { account, name, path, ownership } of model.users) {
    if (ownership !== "defined") ensureUser(aws, account.id, name, path);
  }
  for (const { account, name, path, ownership } of model.groups) {
    if (ownership === "defined") continue;
    const origin = { stack: OUTSIDE, address: name };
    createGroup(aws.account(account.id), { name, path, origin });
  }
}

/** The role of that name; made, trusting its own account, where there is none. */
function ensureRole(
  aws: SimulatedAws,
  accountId: string,
  name: string,
  path: string,
): SimulatedRole {
  const { roles } = aws.account(accountId);
  if (roles.tryGet(name) === undefined) {
    seedRole(aws, accountId, { name, path, trustPolicy: trustInOwnAccount(aws, accountId) });
  }
  return roles.get(name);
}

/** The user of that name; made where there is none. */
function ensureUser(
  aws: SimulatedAws,
  accountId: string,
  name: string,
  path: string,
): SimulatedUser {
  const account = aws.account(accountId);
  const origin = { stack: OUTSIDE, address: account.arnOf("user", path, name) };
  return account.users.tryGet(name) ?? createUser(account, { name, path, origin });
}

function trustInOwnAccount(aws: SimulatedAws, accountId: string): string {
  return JSON.stringify(
    policyDocument([
      {
        Effect: "Allow",
        Principal: { AWS: accountPrincipalArn(aws.partition, accountId) },
        Action: "sts:AssumeRole",
      },
    ]),
  );
}
