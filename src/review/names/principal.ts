import { callerOf } from "../../estate/caller-of";
import type { Estate, Identity } from "../../estate/estate";
import { MAY_ANYTHING, UNREAD, type OutsidePolicies } from "../../estate/made-up-callers";
import { tryParseIamArn } from "../../iam/arn";
import type { Caller } from "../../iam/evaluation/request";

/** Somebody who is asked about. */
export interface Principal {
  /** ARN of a role, user or identity provider; a service; an account principal. */
  readonly arn: string;
  /** As what it calls. Of an account it is some role that no policy names. */
  readonly caller: Caller;
  readonly organizationId?: string;
}

/** A role or user of the estate. */
export function identityPrincipal(identity: Identity): Principal {
  const { arn, organizationId } = identity;
  return { arn, caller: callerOf(identity), organizationId };
}

/** A service or identity provider. */
export function outsidePrincipal(kind: "service" | "federated", name: string): Principal {
  return { arn: name, caller: { kind, arn: name, identityPolicies: [] } };
}

/** Whoever is in an account and is in no stack. */
export function accountPrincipal(
  rootArn: string,
  estate: Estate,
  organizationId: string | undefined,
): Principal {
  const [, partition, , , accountId] = rootArn.split(":");
  const arn = `arn:${partition}:iam::${accountId}:role/anyone`;
  const caller: Caller = { kind: "role", arn, accountId, ...policiesIn(accountId, estate) };
  return { arn: rootArn, caller, organizationId };
}

/** A role or user that no stack makes; undefined for other ARNs. */
export function tryUnlistedPrincipal(
  arn: string,
  estate: Estate,
  organizationId: string | undefined,
): Principal | undefined {
  const parsed = tryParseIamArn(arn);
  const kind = parsed?.type;
  if (parsed === undefined || (kind !== "role" && kind !== "user")) return undefined;
  const { accountId } = parsed;
  const caller: Caller = { kind, arn, accountId, ...policiesIn(accountId, estate) };
  return { arn, caller, organizationId };
}

/**
 * Of somebody whom no stack makes: in an account outside the estate he may do whatever its owner permits,
 * in one of the estate it cannot be told what he may do.
 */
function policiesIn(accountId: string, estate: Estate): OutsidePolicies {
  const policies = estate.accounts.has(accountId) ? UNREAD : MAY_ANYTHING;
  const serviceControlPolicies = estate.controlPolicies?.get(accountId)?.service;
  return serviceControlPolicies === undefined ? policies : { ...policies, serviceControlPolicies };
}

/** The estate with a role or user in it that no stack makes, so that questions are answered for it too. */
export function estateWith(estate: Estate, { arn, caller, organizationId }: Principal): Estate {
  const { kind, accountId, identityPolicies, permissionsBoundary, serviceControlPolicies } = caller;
  const parsed = tryParseIamArn(arn);
  const isIdentity = kind === "role" || kind === "user";
  if (parsed === undefined || parsed.type !== kind || !isIdentity || accountId === undefined) {
    return estate;
  }
  if (estate.identities.has(arn)) return estate;
  const origin = { stack: "", address: "" };
  const identity: Identity = {
    kind,
    arn,
    name: parsed.name,
    path: parsed.path,
    accountId,
    policies: identityPolicies.map((policy) => ({ ...policy, origin })),
    permissionsBoundary,
    serviceControlPolicies,
    organizationId,
    defined: false,
    origin,
  };
  return { ...estate, identities: new Map([...estate.identities, [arn, identity]]) };
}
