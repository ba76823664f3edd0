import type { Estate } from "../../estate/estate";
import { asArray, type PolicyDocument, type Statement } from "../../iam/policy-document";

/** Whom the policies of roles and resources name, sorted: ARNs, services, identity providers. */
export interface NamedInPolicies {
  readonly arns: readonly string[];
  readonly services: readonly string[];
  readonly providers: readonly string[];
}

/** Everyone whom an estate's trust policies, resource policies and grants name by a plain text. */
export function namedInPolicies(estate: Estate): NamedInPolicies {
  const arns = new Set<string>();
  const services = new Set<string>();
  const providers = new Set<string>();
  for (const { Principal, Condition } of statementsOf(estate)) {
    if (Principal !== undefined && Principal !== "*") {
      for (const name of asArray<string>(Principal.AWS)) arns.add(name);
      for (const name of asArray<string>(Principal.Service)) services.add(name);
      for (const name of asArray<string>(Principal.Federated)) providers.add(name);
    }
    for (const keys of Object.values(Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        if (key.toLowerCase() !== "aws:principalarn") continue;
        for (const value of asArray<string>(values)) arns.add(value);
      }
    }
  }
  for (const { grants } of estate.resources.values()) {
    for (const { granteePrincipal } of grants) arns.add(granteePrincipal);
  }
  return {
    arns: [...arns].filter((arn) => /^arn:[^*?$]+$/.test(arn)).sort(),
    services: [...services].filter((name) => name !== "*").sort(),
    providers: [...providers].filter((name) => name !== "*").sort(),
  };
}

function statementsOf(estate: Estate): readonly Statement[] {
  const policies = [
    ...[...estate.identities.values()].map(({ trustPolicy }) => trustPolicy),
    ...[...estate.resources.values()].map(({ policy }) => policy),
  ];
  return policies
    .filter((policy): policy is PolicyDocument => typeof policy === "object")
    .flatMap(({ Statement: statements }) => asArray(statements));
}
