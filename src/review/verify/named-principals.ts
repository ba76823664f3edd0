import { tryParseIamArn } from "../../iam/arn";
import { asArray, type PolicyDocument, type Statement } from "../../iam/policy-document";
import { conditionValues } from "../condition-values";

/**
 * The roles and users that a policy names as principals or in conditions on `aws:PrincipalArn`; of a pattern
 * one that it means, in an account that its statement names.
 */
export function namedPrincipals({ Statement }: PolicyDocument): ReadonlySet<string> {
  const names = asArray(Statement).flatMap(namedIn);
  return new Set(names.filter((name) => /^(role|user)$/.test(tryParseIamArn(name)?.type ?? "")));
}

function namedIn(statement: Statement): readonly string[] {
  const { Principal } = statement;
  const principals =
    Principal === undefined || Principal === "*" ? [] : asArray<string>(Principal.AWS);
  const [account = "000000000000"] = principals.flatMap((name) => /\d{12}/.exec(name)?.[0] ?? []);
  const meant = conditionValues(statement, "aws:principalarn").map((pattern) =>
    pattern.replace(/::[^:]*[*?][^:]*:/, `::${account}:`).replace(/[*?]/g, "x"),
  );
  return [...principals, ...meant];
}
