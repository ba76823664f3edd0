import { tryParseIamArn } from "../../iam/arn";
import type { Statement } from "../../iam/policy-document";
import { conditionsOf } from "../conditions";
import { awsPrincipals, isAccountPrincipal, otherPrincipals } from "../principals";
import { statementRule } from "../rule";

/** MFA that is demanded of principals whose requests never carry it. */
export const mfaNeverPasses = statementRule({
  id: "mfa-never-passes",
  severity: "error",
  explains:
    "a role's session carries no MFA, nor do SAML, OIDC and Identity Center sign-ins: nobody ever gets in by this statement",
  remedy: "take the MFA condition out, or trust users",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
  found({ policy, statement }) {
    if (policy.kind !== "trust" || statement.Effect !== "Allow" || !demandsMfa(statement)) {
      return undefined;
    }
    const principals = [...awsPrincipals(statement), ...otherPrincipals(statement)];
    const isInVain =
      principals.length > 0 && principals.every((one) => carriesNone(one, statement));
    return isInVain ? `MFA is demanded of ${principals.join(", ")}` : undefined;
  },
});

function demandsMfa(statement: Statement): boolean {
  return conditionsOf(statement).some(
    ({ operator, ifExists, lowerCaseKey, values }) =>
      !ifExists &&
      ((lowerCaseKey === "aws:multifactorauthpresent" &&
        operator === "bool" &&
        values.every((value) => value.toLowerCase() === "true")) ||
        (lowerCaseKey === "aws:multifactorauthage" && operator.startsWith("numericless"))),
  );
}

function carriesNone(principal: string, statement: Statement): boolean {
  const type = tryParseIamArn(principal)?.type;
  if (type === "role" || type === "assumed-role") return true;
  // A service, an OIDC or a SAML provider.
  if (otherPrincipals(statement).includes(principal)) return true;
  return isAccountPrincipal(principal) && isForRolesOnly(statement);
}

/** Whether `aws:PrincipalArn` leaves roles alone. */
function isForRolesOnly(statement: Statement): boolean {
  return conditionsOf(statement).some(
    ({ operator, ifExists, lowerCaseKey, values }) =>
      !ifExists &&
      lowerCaseKey === "aws:principalarn" &&
      /^(arn|string)(equals|like)$/.test(operator) &&
      values.every((value) => /^arn:[^:]*:iam::[^:]*:role\//.test(value)),
  );
}
