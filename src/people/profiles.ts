import type { Account, ForeignRole, Model, Role } from "../model/model";
import type { Partition } from "../iam/arn";
import { rolesWithForeign } from "./roles-in-file-order";
import { trustsNaming, type Identity } from "./identity";
import type { AccountsTrust } from "../trust/trust";
import { sessionActions } from "../trust/trust-limits";

/** Where the AWS SDKs find a machine's own credentials. */
export const CREDENTIAL_SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"] as const;
export type CredentialSource = (typeof CREDENTIAL_SOURCES)[number];

/** What a profile's role is assumed from: another profile, or the machine's own credentials. */
export type ProfileSource =
  { readonly profile: string } | { readonly credentials: CredentialSource };

/** A profile of the AWS configuration that assumes one role. */
export interface Profile {
  readonly name: string;
  /** Settings in the order in which they are written. */
  readonly settings: readonly (readonly [key: string, value: string])[];
}

/** How a profile gets into its role. */
export interface WayIn {
  readonly source: ProfileSource;
  readonly mfaSerial?: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  /** Seconds. */
  readonly duration: number;
}

/** The longest session by role chaining, in seconds: AWS refuses a request for more. */
export const CHAINED_SESSION = 3600;

/** Stands for the name of a group member's own device. */
export const OWN_DEVICE = "YOUR-DEVICE";

/** Services whose tasks find the credentials of their role there. */
const SOURCE_OF_SERVICE: Readonly<Record<string, CredentialSource>> = {
  "ec2.amazonaws.com": "Ec2InstanceMetadata",
  "ecs-tasks.amazonaws.com": "EcsContainer",
  "codebuild.amazonaws.com": "EcsContainer",
  "lambda.amazonaws.com": "Environment",
};

/** A profile for each role that trusts the identity, in the order of the file; those of others last. */
export function profilesFor(
  model: Model,
  identity: Identity,
  source: ProfileSource,
): readonly Profile[] {
  return rolesWithForeign(model).flatMap((role) => {
    const [easiest] = trustsNaming(role, identity)
      .filter(isMetByProfile)
      .sort((a, b) => demands(a) - demands(b));
    return easiest === undefined ? [] : [profileOf(role, wayIn(role, easiest, identity, source))];
  });
}

/** Roles that trust the identity, but demand what a profile cannot pass. */
export function rolesWithoutProfile(
  model: Model,
  identity: Identity,
): readonly (Role | ForeignRole)[] {
  return rolesWithForeign(model).filter((role) => {
    const trusts = trustsNaming(role, identity);
    return trusts.length > 0 && !trusts.some(isMetByProfile);
  });
}

/** The AWS configuration has no setting for a source identity, nor for session tags. */
export function isMetByProfile(trust: AccountsTrust): boolean {
  return sessionActions(trust).length === 0;
}

/** The profile of one role. */
export function profileOf(role: Role | ForeignRole, way: WayIn): Profile {
  const settings = {
    role_arn: role.arn,
    ...("profile" in way.source
      ? { source_profile: way.source.profile }
      : { credential_source: way.source.credentials }),
    ...(way.mfaSerial !== undefined && { mfa_serial: way.mfaSerial }),
    ...(way.externalId !== undefined && { external_id: way.externalId }),
    ...(way.sessionName !== undefined && { role_session_name: way.sessionName }),
    duration_seconds: String(way.duration),
    region: role.account.region,
  };
  return { name: profileName(role), settings: Object.entries(settings) };
}

/**
 * `account/role`, which no two roles share: an account's name has no slash. Of a role's characters
 * those are encoded that the SDKs do not take in the name of a profile.
 */
export function profileName({
  account,
  name,
}: {
  readonly account: Account;
  readonly name: string;
}) {
  return `${account.name}/${name.replaceAll("=", "%3D").replaceAll(",", "%2C")}`;
}

/** The serial number of a virtual MFA device. */
export function mfaSerial(partition: Partition, accountId: string, device: string): string {
  return `arn:${partition}:iam::${accountId}:mfa/${device}`;
}

/**
 * Where a machine that runs as a role finds its credentials, by the services that the role trusts;
 * undefined where they do not tell.
 */
export function credentialSourceOf({ trusts }: Role): CredentialSource | undefined {
  const sources = new Set(
    trusts.flatMap((trust) => {
      if (trust.kind === "oidc") return ["Environment" as const];
      if (trust.kind !== "service") return [];
      const service = trust.service.replace(/\.cn$/, "");
      return Object.hasOwn(SOURCE_OF_SERVICE, service) ? [SOURCE_OF_SERVICE[service]] : [];
    }),
  );
  return sources.size === 1 ? [...sources][0] : undefined;
}

function wayIn(
  role: Role | ForeignRole,
  trust: AccountsTrust,
  identity: Identity,
  source: ProfileSource,
): WayIn {
  const longest = "maxSessionDuration" in role ? role.maxSessionDuration : undefined;
  return {
    source,
    ...(trust.mfa && { mfaSerial: serialOf(identity) }),
    externalId: trust.externalId,
    sessionName: sessionNameOf(trust, identity),
    duration: isSession(identity) ? CHAINED_SESSION : (longest ?? CHAINED_SESSION),
  };
}

/** Whether it acts by a role's session, which carries no MFA, and from which roles are chained. */
function isSession(
  identity: Identity,
): identity is Extract<Identity, { readonly kind: "role" | "permission-set" }> {
  return identity.kind === "role" || identity.kind === "permission-set";
}

function serialOf(identity: Identity): string | undefined {
  if (isSession(identity)) return undefined;
  const { account } = identity.kind === "user" ? identity.user : identity.group;
  const device = identity.kind === "user" ? identity.user.mfaDevice : OWN_DEVICE;
  return mfaSerial(account.partition, account.id, device);
}

/**
 * A session's name, which CloudTrail shows: a user's own, or one that the trust asks for. Undefined where
 * the AWS CLI's own will do, and where none is found. It has at least two characters.
 */
function sessionNameOf({ sessionName }: AccountsTrust, identity: Identity): string | undefined {
  const user = identity.kind === "user" ? identity.user.name : undefined;
  const [pattern = "*"] = sessionName ?? [];
  if (user === undefined && sessionName === undefined) return undefined;
  const name = pattern
    .replaceAll("${aws:username}", user ?? "YOUR-NAME")
    .replaceAll("*", user ?? "session")
    .replaceAll("?", "x");
  return name.length < 2 || name.includes("${") ? undefined : name;
}

function demands({ mfa, externalId }: AccountsTrust): number {
  return (mfa ? 1 : 0) + (externalId === undefined ? 0 : 2);
}
