import { isAccountId, tryParseIamArn } from "../iam/arn";
import { asArray, type Statement } from "../iam/policy-document";

/** The `AWS` principals of a statement as they are written; `*` for everyone. */
export function awsPrincipals({ Principal }: Statement): readonly string[] {
  if (Principal === undefined) return [];
  return Principal === "*" ? ["*"] : asArray<string>(Principal.AWS);
}

/** Services and identity providers of a statement. */
export function otherPrincipals({ Principal }: Statement): readonly string[] {
  if (Principal === undefined || Principal === "*") return [];
  return [...asArray<string>(Principal.Service), ...asArray<string>(Principal.Federated)];
}

/** The account of a principal; undefined for `*` and unique IDs. */
export function accountOf(principal: string): string | undefined {
  return isAccountId(principal) ? principal : tryParseIamArn(principal)?.accountId;
}

/** Whether a principal is a whole account, in either spelling. */
export function isAccountPrincipal(principal: string): boolean {
  return isAccountId(principal) || tryParseIamArn(principal)?.type === "root";
}
