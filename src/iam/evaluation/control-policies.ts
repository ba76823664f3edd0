import { asArray, type PolicyDocument, type Statement } from "../policy-document";
import { evaluatePolicies, type PolicyEffect } from "./policy-effect";
import type { AccessRequest, Caller, ControlPolicies, NamedPolicy } from "./request";
import services from "./resource-control-services.json";
import { and, type Truth } from "./three-valued";

/** What the control policies of one level of an organization say about a permission. */
export interface ControlEffect {
  readonly side: "service control policy" | "resource control policy";
  readonly effect: PolicyEffect;
}

/**
 * What control policies say about a permission, level by level (AWS Organizations User Guide, "SCP
 * evaluation" and "RCP evaluation"): service control policies limit what principals of an account may
 * do, its root user included; resource control policies what anybody may do with resources of an
 * account. Neither binds service-linked roles, and an account that has none, such as the management
 * account, is not limited.
 */
export function controlEffects(check: AccessRequest): readonly ControlEffect[] {
  const { caller, resource } = check;
  if (isServiceLinked(caller.arn)) return [];
  return [
    ...(isPrincipal(caller)
      ? effects("service control policy", caller.serviceControlPolicies, check)
      : []),
    ...(isUnderResourceControl(check)
      ? effects("resource control policy", resource.resourceControlPolicies, check)
      : []),
  ];
}

/** Whether the control policies let a permission through: each level must allow. */
export function allowedByControls(controls: readonly ControlEffect[]): Truth {
  return controls.reduce<Truth>((truth, { effect }) => and(truth, effect.allow.truth), "yes");
}

/** Services and federated callers are no principals of an account. */
function isPrincipal({ kind }: Caller): boolean {
  return kind === "role" || kind === "user" || kind === "root";
}

function isServiceLinked(arn: string): boolean {
  return /^arn:[^:]+:iam::\d+:role\/aws-service-role\//.test(arn);
}

/** AWS Organizations User Guide, "Resource control policies (RCPs)": the list of services, and what is not restricted. */
function isUnderResourceControl({ action, resource }: AccessRequest): boolean {
  const lowerCase = action.toLowerCase();
  return (
    SERVICES.has(lowerCase.slice(0, lowerCase.indexOf(":"))) &&
    lowerCase !== "kms:retiregrant" &&
    !isServiceLinked(resource.arn)
  );
}

const SERVICES: ReadonlySet<string> = new Set(services);

function effects(
  side: ControlEffect["side"],
  levels: ControlPolicies = [],
  check: AccessRequest,
): readonly ControlEffect[] {
  const policiesOf = side === "resource control policy" ? withoutEveryone : undefined;
  return levels.map((policies) => ({
    side,
    effect: evaluatePolicies(side, policiesOf?.(policies) ?? policies, check),
  }));
}

const WITHOUT_EVERYONE = new WeakMap<PolicyDocument, PolicyDocument>();

/**
 * Every statement of a resource control policy names everyone: without that it reads like an identity
 * policy. One that names somebody is refused by AWS; it stays as it is, and cannot be told.
 */
function withoutEveryone(policies: readonly NamedPolicy[]): readonly NamedPolicy[] {
  return policies.map(({ name, document }) => {
    if (document === undefined) return { name };
    const stripped = WITHOUT_EVERYONE.get(document) ?? {
      ...document,
      Statement: asArray(document.Statement).map(asControlStatement),
    };
    WITHOUT_EVERYONE.set(document, stripped);
    return { name, document: stripped };
  });
}

function asControlStatement({ Principal, ...statement }: Statement): Statement {
  const named = Principal === undefined || Principal === "*" ? Principal : Principal.AWS;
  return named === "*" ? statement : { ...statement, Principal: Principal ?? {} };
}
