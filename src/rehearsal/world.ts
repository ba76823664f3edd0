import { accountPrincipalArn, roleArn, tryParseIamArn } from "../iam/arn";
import { policyDocument } from "../iam/policy-document";
import type { Account, Model } from "../model/model";
import type { DeployedBy } from "../model/next-steps";
import { createGroup, createUser } from "./aws/users-and-groups";
import { SimulatedTerraform } from "./deploy";
import { principalOf, type Principal } from "./principal";
import { OUTSIDE, seedAccessRole, seedAdministrator, seedRole } from "./seed";
import { SimulatedAws } from "./simulated-aws";

/** The simulated accounts before the first deploy, and who deploys. */
export interface World {
  readonly terraform: SimulatedTerraform;
  /** Who makes the deploys of a step. */
  deployer(by: DeployedBy): Principal;
}

/** Stands for the management account of an organization whose file does not name it. */
const UNNAMED_MANAGEMENT_ACCOUNT = "000000000000";

/**
 * What exists before Crosstrust deploys anything: the management account's administrator, each
 * member's access role or its profile's administrator, the first deployers, and what accounts.json
 * says is there already (`existing`, `import`).
 */
export function buildWorld(model: Model): World {
  const aws = new SimulatedAws({
    partition: model.settings.partition,
    organizationIds: new Map(
      model.accounts.flatMap(({ id, organizationId }) =>
        organizationId === undefined ? [] : [[id, organizationId] as const],
      ),
    ),
    quotas: new Map(model.accounts.map(({ id, quotas }) => [id, quotas] as const)),
  });
  const managed = model.accounts.find(({ kind }) => kind === "management");
  const managementId = managed?.id ?? UNNAMED_MANAGEMENT_ACCOUNT;
  const administrator = seedAdministrator(aws, managementId);
  const profiles = new Map<string, Principal>();
  for (const account of model.accounts) {
    if (account.stack === undefined) continue;
    if (account.profile !== undefined) {
      profiles.set(
        account.profile,
        account.kind === "management"
          ? administrator
          : seedAdministrator(aws, account.id, `administrator-of-${account.name}`),
      );
    }
    if (account.kind === "member") {
      seedAccessRole(aws, account.id, managementId, account.accessRole);
    }
  }
  seedFirstDeployers(aws, model);
  seedExisting(aws, model);
  return {
    terraform: new SimulatedTerraform(aws, profiles),
    deployer: (by) => principalBehind(by, model, administrator),
  };
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

function seedFirstDeployers(aws: SimulatedAws, model: Model): void {
  for (const arn of model.settings.bootstrap?.firstDeployers ?? []) {
    const parsed = tryParseIamArn(arn);
    if (parsed?.type === "user") seedAdministrator(aws, parsed.accountId, parsed.name);
    else if (parsed !== undefined) {
      seedRole(aws, parsed.accountId, {
        name: parsed.name,
        path: parsed.path,
        trustPolicy: trustInOwnAccount(aws, parsed.accountId),
        managedPolicyArns: [`arn:${aws.partition}:iam::aws:policy/AdministratorAccess`],
      });
    }
  }
}

/** Roles, users and groups that accounts.json finds in the accounts. */
function seedExisting(aws: SimulatedAws, model: Model): void {
  for (const { account, name, path, ownership } of model.roles) {
    if (ownership === "defined") continue;
    const trustPolicy = trustInOwnAccount(aws, account.id);
    seedRole(aws, account.id, { name, path, trustPolicy });
  }
  for (const { account, name, path, ownership, arn } of model.users) {
    if (ownership === "defined") continue;
    createUser(aws.account(account.id), { name, path, origin: { stack: OUTSIDE, address: arn } });
  }
  for (const { account, name, path, ownership } of model.groups) {
    if (ownership === "defined") continue;
    const origin = { stack: OUTSIDE, address: name };
    createGroup(aws.account(account.id), { name, path, origin });
  }
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
