import type { Estate, EstateResource, Identity, IdentityPolicy } from "../../estate/estate";
import { policySize } from "../../iam/policy-document";
import {
  INLINE_POLICIES_SIZE,
  MANAGED_POLICIES_PER_IDENTITY,
  MANAGED_POLICY_SIZE,
  TRUST_POLICY_SIZE,
  type IdentityKind,
} from "../../iam/quotas";
import type { Account, Model } from "../../model/model";
import type { Finding, Told } from "./finding";
import { overResourceQuotas } from "./resource-quotas";

/** Policies that AWS refuses, because they are more or larger than the quotas of their account allow. */
export function verifyQuotas(model: Model, estate: Estate): readonly Finding[] {
  const accounts = new Map(model.accounts.map((account) => [account.id, account]));
  const groups = new Map<string, Holder>();
  const findings: Finding[] = [];
  for (const identity of estate.identities.values()) {
    const account = accounts.get(identity.accountId);
    const policies = identity.policies.filter(({ group }) => group === undefined);
    findings.push(
      ...overTrustQuota(identity, account),
      ...overHolderQuotas({ place: identity, kind: identity.kind, policies }, account),
    );
    for (const policy of identity.policies) addToGroup(groups, identity, policy);
  }
  for (const holder of groups.values()) {
    findings.push(...overHolderQuotas(holder, accounts.get(holder.place.accountId)));
  }
  const ofResources = [...estate.resources.values()].flatMap((resource: EstateResource) =>
    overResourceQuotas(resource),
  );
  return [...findings, ...ofResources];
}

/** A role, user or group, and what is attached to it. */
interface Holder {
  readonly place: Pick<Told, "accountId" | "origin" | "arn">;
  readonly kind: IdentityKind;
  readonly policies: readonly IdentityPolicy[];
}

/** An estate has a group's policies with each of its members. */
function addToGroup(groups: Map<string, Holder>, member: Identity, policy: IdentityPolicy): void {
  const { group, origin } = policy;
  if (group === undefined) return;
  const { accountId, arn } = member;
  const key = `${accountId}/${group}`;
  const policies = groups.get(key)?.policies ?? [];
  if (policies.some((known) => known.name === policy.name)) return;
  const groupArn = arn.replace(/:user\/.*$/, `:group/${group}`);
  groups.set(key, {
    place: groups.get(key)?.place ?? { accountId, origin, arn: groupArn },
    kind: "group",
    policies: [...policies, policy],
  });
}

function overTrustQuota(
  { arn, accountId, origin, trustPolicy }: Identity,
  account: Account | undefined,
): readonly Finding[] {
  if (typeof trustPolicy !== "object") return [];
  const quota = account?.quotas.trustPolicy ?? TRUST_POLICY_SIZE;
  const remedy = "let fewer principals in, or raise the quota and say so in quotas.trustPolicy";
  const place = { arn, accountId, origin };
  return over(place, "the trust policy has", policySize(trustPolicy), quota, remedy);
}

function overHolderQuotas(
  { place: { arn, accountId, origin }, kind, policies }: Holder,
  account: Account | undefined,
): readonly Finding[] {
  const place = { arn, accountId, origin };
  const managed = policies.filter(({ name }) => name.startsWith("arn:"));
  const inline = policies.filter(({ name }) => !name.startsWith("arn:"));
  const attached =
    kind === "role"
      ? (account?.quotas.managedPoliciesPerRole ?? MANAGED_POLICIES_PER_IDENTITY)
      : MANAGED_POLICIES_PER_IDENTITY;
  const ownManaged = managed.filter(({ name }) => !name.includes(":iam::aws:"));
  return [
    ...over(
      place,
      `the inline policies of the ${kind} together have`,
      inline.reduce((sum, policy) => sum + sizeOf(policy), 0),
      INLINE_POLICIES_SIZE[kind],
      "take statements out, or move some to a managed policy",
    ),
    ...over(
      place,
      `the ${kind} has`,
      new Set(managed.map(({ name }) => name)).size,
      attached,
      "attach fewer, or join those that are your own",
      "managed policies",
    ),
    ...ownManaged.flatMap((policy) =>
      over(
        { arn: policy.name, accountId, origin: policy.origin },
        "the managed policy has",
        sizeOf(policy),
        MANAGED_POLICY_SIZE,
        "split it in two",
      ),
    ),
  ];
}

function sizeOf({ document }: IdentityPolicy): number {
  return document === undefined ? 0 : policySize(document);
}

function over(
  place: Holder["place"],
  what: string,
  found: number,
  quota: number,
  remedy: string,
  unit = "characters",
): readonly Finding[] {
  if (found <= quota) return [];
  const says = `${what} ${found} ${unit}, the quota is ${quota}`;
  return [{ kind: "over quota", ...place, statements: [], says, remedy }];
}
