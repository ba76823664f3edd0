import type {
  ControlPolicyAttachment,
  Estate,
  EstateResource,
  Identity,
  KeyGrant,
  Origin,
} from "../../estate/estate";
import { tryParseIamArn } from "../../iam/arn";
import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import { evaluateAssumeRole } from "../../iam/evaluation/evaluate-assume-role";
import type {
  AssumeRoleRequest,
  Caller,
  Decision,
  DecidingStatement,
  NamedPolicy,
  RequestContext,
} from "../../iam/evaluation/request";
import { POLICY_NAMES } from "../../iam/evaluation/service-rules";

/** What a request is made for: to be a role, or to do something with a resource. */
export type Target =
  | { readonly kind: "role"; readonly role: Identity }
  | { readonly kind: "resource"; readonly resource: EstateResource; readonly arn: string };

/** A request on an estate. */
export interface Inquiry {
  readonly caller: Caller;
  /** The caller as the estate has it. @default - it is in no stack */
  readonly identity?: Identity;
  /** Of a role the operation of STS. */
  readonly action: string;
  readonly target: Target;
  readonly context: RequestContext;
  /** The estate's. @default - none binds an account */
  readonly controlPolicies?: Estate["controlPolicies"];
}

/** A statement that decided, and where it is written. */
export interface DecidingPlace {
  /** As `DecidingStatement` has it; `grant` for one on a key. */
  readonly policy: string;
  /** ARN of what has the policy: the role or resource, the caller, the account that it is attached to. */
  readonly holder: string;
  /** Counts from 0; of a grant its position among the key's. */
  readonly statement: number;
  readonly sid?: string;
  /** The caller's group that has the policy. */
  readonly group?: string;
  /** Undefined where no stack has it: what the owner of another account permits. */
  readonly origin?: Origin;
}

/** The answer to a request on an estate. */
export interface Decided {
  readonly result: Decision["result"];
  /** One sentence for people. */
  readonly reason: string;
  readonly places: readonly DecidingPlace[];
}

/** Decides a request by the policies of an estate, and by grants on keys. */
export function decideOn(inquiry: Inquiry): Decided {
  const named = withDistinctNames(inquiry.caller);
  const decision = decisionOf(inquiry, named);
  const decided: Decided = {
    result: decision.result,
    reason: decision.reason,
    places: decision.decidedBy.map((statement) => placeOf(statement, inquiry, named)),
  };
  const isExplicit = decision.decidedBy.length > 0;
  return decision.result === "denied" && !isExplicit ? byGrant(inquiry, decided) : decided;
}

function decisionOf({ action, target, context }: Inquiry, caller: Caller): Decision {
  if (target.kind === "role") {
    const { arn, accountId, trustPolicy = "unknown", resourceControlPolicies } = target.role;
    const role = { arn, accountId, trustPolicy, resourceControlPolicies };
    return evaluateAssumeRole({ action: operationOf(action), caller, role, context });
  }
  const { arn } = target;
  const { accountId, policy, resourceControlPolicies } = target.resource;
  const resource = { arn, accountId, policy, resourceControlPolicies };
  return evaluateAccess({ action, caller, resource, context });
}

/** Of `sts:AssumeRole` the operation that is usual for the caller. */
function operationOf(action: string): AssumeRoleRequest["action"] {
  return action === "sts:AssumeRoleWithSAML" || action === "sts:AssumeRoleWithWebIdentity"
    ? action
    : undefined;
}

/** An inline policy and a group's may have one name: decisions tell policies apart by names alone. */
function withDistinctNames(caller: Caller): Caller {
  const seen = new Map<string, number>();
  const identityPolicies = caller.identityPolicies.map((policy): NamedPolicy => {
    const times = (seen.get(policy.name) ?? 0) + 1;
    seen.set(policy.name, times);
    return times === 1 ? policy : { ...policy, name: `${policy.name} (${times})` };
  });
  return { ...caller, identityPolicies };
}

function placeOf(
  { policy, statement, sid }: DecidingStatement,
  { identity, target, controlPolicies }: Inquiry,
  caller: Caller,
): DecidingPlace {
  const control = tryControlPolicy(policy);
  if (control !== undefined) {
    const { arn, accountId: owner } = target.kind === "role" ? target.role : target.resource;
    const { accountId = owner } = control.kind === "service" ? caller : {};
    const attachments = controlPolicies?.get(accountId)?.attachments ?? [];
    const { origin } = attachments.find((one) => isSameControl(one, control)) ?? {};
    return {
      policy,
      holder: `arn:${arn.split(":")[1]}:iam::${accountId}:root`,
      statement,
      sid,
      origin,
    };
  }
  if (POLICY_NAMES.some((name) => name === policy)) {
    const { arn, origin } = target.kind === "role" ? target.role : target.resource;
    const origins = target.kind === "resource" ? target.resource.policyOrigins : undefined;
    return {
      policy,
      holder: arn,
      statement,
      sid,
      origin: origins?.[statement] ?? origins?.[0] ?? origin,
    };
  }
  const index = caller.identityPolicies.findIndex(({ name }) => name === policy);
  const found = identity?.policies[index];
  return {
    policy: found?.name ?? policy,
    holder: caller.arn,
    statement,
    sid,
    group: found?.group,
    origin: index === -1 ? identity?.origin : found?.origin,
  };
}

type ControlPolicyName = Pick<ControlPolicyAttachment, "kind" | "name">;

/** Of `service control policy only-path`, as `DecidingStatement` names it. */
function tryControlPolicy(policy: string): ControlPolicyName | undefined {
  const [, kind, name] = /^(service|resource) control policy (.+)$/s.exec(policy) ?? [];
  return kind === "service" || kind === "resource" ? { kind, name } : undefined;
}

function isSameControl(one: ControlPolicyName, other: ControlPolicyName): boolean {
  return one.kind === other.kind && one.name === other.name;
}

/** A grant on a key allows its operations besides all policies; an explicit deny holds for it too. */
function byGrant({ caller, action, target }: Inquiry, denied: Decided): Decided {
  const grants = target.kind === "resource" ? target.resource.grants : [];
  const found = grants.filter(
    (grant) =>
      grant.operations.some(
        (operation) => `kms:${operation}`.toLowerCase() === action.toLowerCase(),
      ) && isGrantee(grant, caller),
  );
  const certain = found.find(
    (grant) => !grant.constrained && grant.granteePrincipal === caller.arn,
  );
  const grant = certain ?? found.at(0);
  if (grant === undefined || target.kind === "role") return denied;
  const place: DecidingPlace = {
    policy: "grant",
    holder: target.resource.arn,
    statement: grants.indexOf(grant),
    origin: grant.origin,
  };
  return certain !== undefined
    ? { result: "allowed", reason: `a grant on the key allows ${action}`, places: [place] }
    : {
        result: "unknown",
        reason: `it cannot be told: a grant on the key allows ${action} ${grant.constrained ? "with some encryption contexts" : "to the account"}`,
        places: [place],
      };
}

function isGrantee({ granteePrincipal }: KeyGrant, { arn, accountId }: Caller): boolean {
  const grantee = tryParseIamArn(granteePrincipal);
  return granteePrincipal === arn || (grantee?.type === "root" && grantee.accountId === accountId);
}
