import type { KeyGrant } from "../../estate/estate";
import { statementBesides } from "../../estate/admitting-statement";
import { MAY_ANYTHING } from "../../estate/made-up-callers";
import type { Question } from "../../estate/question";
import { tryParseIamArn } from "../../iam/arn";
import type { AccessRequest } from "../../iam/evaluation/request";
import {
  asArray,
  type Conditions,
  type PolicyPrincipal,
  type Statement,
} from "../../iam/policy-document";
import { isRole, type Target, type TargetPair } from "./target";

/** The grants that one side alone has: what the others allow is the same on both. */
export function differingGrants({ before, after }: TargetPair): readonly KeyGrant[] {
  const [was, is] = [grantsOf(before), grantsOf(after)];
  return [...besides(was, is), ...besides(is, was)];
}

export function grantsOf(target: Target | undefined): readonly KeyGrant[] {
  return target === undefined || isRole(target) ? [] : target.grants;
}

/** What a grant allows of what is asked, as a statement of the key's policy; undefined where nothing. */
export function grantStatement(grant: KeyGrant, { kind, action }: Question): Statement | undefined {
  if (!actionsOf(grant).some((one) => one.toLowerCase() === kind)) return undefined;
  const { constrained, conditions = constrained ? UNREAD : undefined } = grant;
  return {
    Effect: "Allow",
    Principal: granteeOf(grant),
    Action: action,
    Resource: "*",
    ...(conditions !== undefined && { Condition: conditions }),
  };
}

/** Whom a grant is for, as a policy would name it. */
export function granteeOf({ granteePrincipal }: KeyGrant): Exclude<PolicyPrincipal, "*"> {
  return granteePrincipal.startsWith("arn:")
    ? { AWS: granteePrincipal }
    : { Service: granteePrincipal };
}

/** The actions of a grant's operations: `kms:Decrypt`. */
export function actionsOf({ operations }: KeyGrant): readonly string[] {
  return operations.map((operation) => `kms:${operation}`);
}

/**
 * A request as a grant allows it: a grantee by name needs no policy besides; what the key's policy and
 * his own deny holds all the same (KMS Developer Guide, "Grants in AWS KMS"). A grant to an account is
 * for those whom their own policies let.
 */
export function asGranted(
  request: AccessRequest,
  grant: KeyGrant,
  question: Question,
): AccessRequest | undefined {
  const statement = grantStatement(grant, question);
  if (statement === undefined) return undefined;
  const { caller, resource } = request;
  const known = resource.policy === "unknown" ? undefined : resource.policy;
  const { alone } = statementBesides(known, question, granteeOf(grant));
  const denials = asArray(alone.Statement).slice(0, -1);
  const isNamed = tryParseIamArn(grant.granteePrincipal)?.type !== "root";
  const more = isNamed ? MAY_ANYTHING.identityPolicies : [];
  return {
    ...request,
    caller: { ...caller, identityPolicies: [...caller.identityPolicies, ...more] },
    resource: { ...resource, policy: { ...alone, Statement: [...denials, statement] } },
  };
}

/** Constraints that cannot be read: by an operator that IAM does not have, it cannot be told. */
const UNREAD: Conditions = { Unread: { "kms:EncryptionContextKeys": "unread" } };

function besides(grants: readonly KeyGrant[], others: readonly KeyGrant[]): readonly KeyGrant[] {
  const known = new Set(others.map(keyOf));
  return grants.filter((grant) => !known.has(keyOf(grant)));
}

function keyOf({ granteePrincipal, operations, constrained, conditions }: KeyGrant): string {
  return JSON.stringify([granteePrincipal, operations, constrained, conditions]);
}
