import { letsAssume } from "../actions";
import { hasCondition } from "../conditions";
import { awsPrincipals, isAccountPrincipal } from "../principals";
import { statementRule } from "../rule";

/** Conditions by which a trust in an account is held to somebody. */
const HELD_BY = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalarn",
  "aws:userid",
  "sts:externalid",
];

/** Trust in whole accounts that holds on when one of them leaves the organization. */
export const accountTrustOfAnyOrganization = statementRule({
  id: "account-trust-of-any-organization",
  severity: "warning",
  explains:
    "trust in a whole account goes on after the account has left the organization or changed hands",
  remedy:
    "demand aws:PrincipalOrgID (settings.organizationId), an external ID, or name the principals",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid",
  found({ policy, statement }) {
    const accounts =
      policy.kind === "trust" && statement.Effect === "Allow" && letsAssume(statement)
        ? awsPrincipals(statement).filter(isAccountPrincipal)
        : [];
    return accounts.length === 0 || HELD_BY.some((key) => hasCondition(statement, key))
      ? undefined
      : `all of ${accounts.join(", ")} is trusted without a condition on the organization`;
  },
});
