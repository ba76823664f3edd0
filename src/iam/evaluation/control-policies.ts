import { asArray, type PolicyDocument } from "../policy-document";
import { evaluatePolicies, type PolicyEffect } from "./policy-effect";
import type { AccessRequest, ControlPolicies, NamedPolicy } from "./request";

/** What the control policies of one level (root, OU, account) of an organization say. */
export interface ControlEffect {
  readonly side: "service control policy" | "resource control policy";
  readonly effect: PolicyEffect;
}

/**
 * Services whose resources resource control policies protect (AWS Organizations User Guide, "List of AWS
 * services that support RCPs").
 */
const WITH_RESOURCE_CONTROL: ReadonlySet<string> = new Set([
  "aoss",
  "cognito-idp",
  "dynamodb",
  "ecr",
  "kms",
  "logs",
  "s3",
  "secretsmanager",
  "sqs",
  "sts",
]);

/**
 * What control policies say of a permission, level by level: each must allow, and none may deny (AWS
 * Organizations User Guide, "SCP evaluation" and "RCP evaluation"). Service control policies limit what
 * principals of member accounts may do, resource control policies what anybody may do to resources of
 * member accounts. Neither binds service-linked roles; who has none, such as the management account, is
 * bound by none.
 */
export function controlEffects(check: AccessRequest): readonly ControlEffect[] {
  const { caller, resource, action } = check;
  if (caller.kind === "role" && caller.arn.includes(":role/aws-service-role/")) return [];
  const service = action.slice(0, action.indexOf(":")).toLowerCase();
  const isPrincipal = caller.kind !== "service" && caller.kind !== "federated";
  return [
    ...effects("service control policy", isPrincipal ? caller.serviceControlPolicies : [], check),
    ...effects(
      "resource control policy",
      WITH_RESOURCE_CONTROL.has(service) ? resource.resourceControlPolicies : [],
      check,
    ),
  ];
}

function effects(
  side: ControlEffect["side"],
  levels: ControlPolicies = [],
  check: AccessRequest,
): readonly ControlEffect[] {
  return levels.map((policies) => ({
    side,
    effect: evaluatePolicies(side, policies.map(withoutPrincipal), check),
  }));
}

const STRIPPED = new WeakMap<PolicyDocument, PolicyDocument>();

/** A resource control policy names everybody, always: what is left of it reads like any other policy. */
function withoutPrincipal({ name, document }: NamedPolicy): NamedPolicy {
  if (document === undefined) return { name };
  const known = STRIPPED.get(document);
  if (known !== undefined) return { name, document: known };
  const statements = asArray(document.Statement).map((statement) =>
    statement.Principal === "*" ? { ...statement, Principal: undefined } : statement,
  );
  const stripped = { ...document, Statement: statements };
  STRIPPED.set(document, stripped);
  return { name, document: stripped };
}
