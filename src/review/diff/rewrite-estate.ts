import { tryParseIamArn } from "../../iam/arn";
import type { Estate, Identity } from "../../estate/estate";

/** An estate in which some roles and users go by other ARNs, in all policies too. */
export function rewriteEstate(estate: Estate, names: ReadonlyMap<string, string>): Estate {
  const documents = new Map<object, unknown>();
  const rewrite = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value;
    const known = documents.get(value);
    if (known !== undefined) return known as T;
    const text = JSON.stringify(value);
    const made = rewriteText(text, names);
    const result = made === text ? value : (JSON.parse(made) as T);
    documents.set(value, result);
    return result;
  };
  const identity = (one: Identity): Identity => {
    const arn = names.get(one.arn) ?? one.arn;
    const { name, path } = tryParseIamArn(arn) ?? one;
    const policies = one.policies.map((policy) =>
      policy.document === undefined ? policy : { ...policy, document: rewrite(policy.document) },
    );
    return {
      ...one,
      ...(arn !== one.arn && { arn, name, path }),
      policies,
      permissionsBoundary: rewrite(one.permissionsBoundary),
      trustPolicy: rewrite(one.trustPolicy),
    };
  };
  const controlPolicies =
    estate.controlPolicies &&
    new Map([...estate.controlPolicies].map(([id, one]) => [id, rewrite(one)]));
  return {
    ...estate,
    controlPolicies,
    identities: new Map(
      [...estate.identities.values()].map(identity).map((one) => [one.arn, one] as const),
    ),
    resources: new Map(
      [...estate.resources].map(([arn, one]) => {
        const grants = one.grants.map((grant) => {
          const { granteePrincipal: to } = grant;
          return { ...grant, granteePrincipal: names.get(to) ?? to };
        });
        return [arn, { ...one, policy: rewrite(one.policy), grants }];
      }),
    ),
  };
}

/** A JSON text with other ARNs in it, where they stand as whole strings. */
export function rewriteText(text: string, names: ReadonlyMap<string, string>): string {
  let made = text;
  for (const [from, to] of names) {
    made = made.replaceAll(JSON.stringify(from), JSON.stringify(to));
    // Within a text that is JSON itself.
    const inner = (arn: string): string => `\\"${arn}\\"`;
    made = made.replaceAll(inner(from), inner(to));
  }
  return made;
}
