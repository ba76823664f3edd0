import { controlAttachmentsOf, controlPoliciesOf } from "./aws/control-policies";
import type {
  AccountControlPolicies,
  Estate,
  EstateAccount,
  EstateResource,
  Identity,
  Unknown,
} from "../estate/estate";
import type { SimulatedRole, SimulatedUser } from "./aws/entities";
import { shownPolicy } from "./aws/pinned-policy";
import type { SimulatedAccount } from "./aws/simulated-account";
import { estateResourcesOf } from "./estate-resources";
import { identityPoliciesOf, permissionsBoundaryOf } from "./identity-policies";
import type { SimulatedAws } from "./simulated-aws";

/** What was read of an account, and the account's version at that time. */
interface AccountReading {
  readonly version: number;
  readonly identities: readonly Identity[];
  readonly resources: readonly EstateResource[];
  readonly unknowns: readonly Unknown[];
  /** @default - none binds it */
  readonly controls?: AccountControlPolicies;
}

const READINGS = new WeakMap<SimulatedAccount, AccountReading>();

/**
 * Everything in the simulated accounts as an estate, with unique IDs, whoever made it. Trust and
 * resource policies are as AWS shows them: an ARN where the pinned principal still is the one of that name, else its
 * bare unique ID, which lets nobody in.
 *
 * An account in which nothing changed since the last call is not read again, and its identities and
 * resources are the same objects: the cost is that of the accounts that changed.
 */
export function toEstate(aws: SimulatedAws): Estate {
  const accounts = new Map<string, EstateAccount>();
  const identities = new Map<string, Identity>();
  const resources = new Map<string, EstateResource>();
  const unknowns: Unknown[] = [];
  const controlPolicies = new Map<string, AccountControlPolicies>();
  for (const account of aws.accounts()) {
    const reading = readAccount(account);
    if (account.stacks.length > 0) {
      accounts.set(account.id, { id: account.id, stacks: account.stacks });
    }
    for (const identity of reading.identities) identities.set(identity.arn, identity);
    for (const resource of reading.resources) resources.set(resource.arn, resource);
    unknowns.push(...reading.unknowns);
    if (reading.controls !== undefined) controlPolicies.set(account.id, reading.controls);
  }
  return { accounts, identities, resources, unknowns, controlPolicies };
}

function readAccount(account: SimulatedAccount): AccountReading {
  const known = READINGS.get(account);
  if (known?.version === account.version) return known;
  const controls = controlsOf(account);
  const identities = [...account.roles.values(), ...account.users.values()].map((identity) =>
    toIdentity(account, identity, controls),
  );
  const resources = estateResourcesOf(account).map((resource) =>
    controls?.resource === undefined
      ? resource
      : { ...resource, resourceControlPolicies: controls.resource },
  );
  const reading = {
    version: account.version,
    identities,
    resources,
    ...(controls !== undefined && { controls }),
    unknowns: [...identities.flatMap(unknownsOf), ...resources.flatMap(unknownPolicy)],
  };
  READINGS.set(account, reading);
  return reading;
}

function controlsOf(account: SimulatedAccount): AccountControlPolicies | undefined {
  const service = controlPoliciesOf(account, "service");
  const resource = controlPoliciesOf(account, "resource");
  if (service === undefined && resource === undefined) return undefined;
  return {
    ...(service !== undefined && { service }),
    ...(resource !== undefined && { resource }),
    attachments: controlAttachmentsOf(account),
  };
}

function toIdentity(
  account: SimulatedAccount,
  identity: SimulatedRole | SimulatedUser,
  controls: AccountControlPolicies | undefined,
): Identity {
  const permissionsBoundary = permissionsBoundaryOf(account, identity);
  return {
    kind: identity.kind,
    arn: identity.arn,
    name: identity.name,
    path: identity.path,
    accountId: account.id,
    uniqueId: identity.uniqueId,
    policies: identityPoliciesOf(account, identity),
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
    ...(identity.kind === "role" && {
      trustPolicy: shownPolicy(identity.trust, account.directory).document,
    }),
    ...(controls?.service !== undefined && { serviceControlPolicies: controls.service }),
    ...(controls?.resource !== undefined &&
      identity.kind === "role" && { resourceControlPolicies: controls.resource }),
    ...(account.organizationId !== undefined && { organizationId: account.organizationId }),
    defined: true,
    origin: identity.origin,
  };
}

function unknownsOf({ policies, permissionsBoundary, origin }: Identity): readonly Unknown[] {
  const ofPolicies = policies
    .filter(({ document }) => document === undefined)
    .map((policy): Unknown => ({
      origin: policy.origin,
      attribute: "policy",
      reason: `what ${policy.name} says about assuming roles is not known`,
      bearing: "access",
    }));
  return permissionsBoundary === "unknown"
    ? [
        ...ofPolicies,
        {
          origin,
          attribute: "permissions_boundary",
          reason: "what the permissions boundary says about assuming roles is not known",
          bearing: "access",
        },
      ]
    : ofPolicies;
}

function unknownPolicy({ policy, origin }: EstateResource): readonly Unknown[] {
  return policy === "unknown"
    ? [
        {
          origin,
          attribute: "policy",
          reason: "parts of the policy are not known",
          bearing: "resources",
        },
      ]
    : [];
}
