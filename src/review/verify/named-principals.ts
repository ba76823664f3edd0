import { tryParseIamArn } from "../../iam/arn";
import { asArray, type PolicyDocument, type Statement } from "../../iam/policy-document";

/**
 * The roles and users that a policy names as principals or in conditions on `aws:PrincipalArn`; of a pattern
 * one that it means, in an account that its statement names.
 */
export function namedPrincipals({ Statement }: PolicyDocument): ReadonlySet<string> {
  const names = asArray(Statement).flatMap(namedIn);
  return new Set(names.filter((name) => /^(role|user)$/.test(tryParseIamArn(name)?.type ?? "")));
}

function namedIn({ Principal, Condition }: Statement): readonly string[] {
  const principals =
    Principal === undefined || Principal === "*" ? [] : asArray<string>(Principal.AWS);
  const [account = "000000000000"] = principals.flatMap((name) => /\d{12}/.exec(name)?.[0] ?? []);
  const patterns = Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) =>
      key.toLowerCase() === "aws:principalarn" ? asArray(values) : [],
    ),
  );
  const meant = patterns.map((pattern) =>
    pattern.replace(/::[^:]*[*?][^:]*:/, `::${account}:`).replace(/[*?]/g, "x"),
  );
  return [...principals, ...meant];
}
