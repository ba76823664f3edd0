import type { ControlPolicies, NamedPolicy } from "../../../src/iam/evaluation/request";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { documentOf, type PolicyText } from "./case-table";

/**
 * Control policies of a case: statements of one policy beside AWS's own, which allows everything, on the
 * account; or every policy of every level, as `levels`.
 */
export type ControlPolicyText =
  PolicyText | { readonly levels: readonly (readonly PolicyText[])[] };

const ALL: Statement = { Effect: "Allow", Action: "*", Resource: "*" };

/** AWS attaches it to whatever an organization has: it lets everything through. */
export const FULL_ACCESS: Readonly<Record<"service" | "resource", NamedPolicy>> = {
  service: { name: "FullAWSAccess", document: policyDocument([ALL]) },
  resource: {
    name: "RCPFullAWSAccess",
    document: policyDocument([{ ...ALL, Principal: "*" }]),
  },
};

/** What the text of a case means; undefined where there is none. */
export function controlPoliciesOf(
  kind: "service" | "resource",
  text: ControlPolicyText | undefined,
): ControlPolicies | undefined {
  if (text === undefined) return undefined;
  if (typeof text === "object" && "levels" in text) {
    return text.levels.map((level) => level.map((policy, index) => named(`p${index}`, policy)));
  }
  return [[FULL_ACCESS[kind], named("guard", text)]];
}

function named(name: string, text: PolicyText): NamedPolicy {
  const document = documentOf(text);
  return document === "unknown" ? { name } : { name, document };
}
