import { hasCondition } from "../conditions";
import { accountOf, awsPrincipals } from "../principals";
import { statementRule } from "../rule";

/** An external ID between accounts of one owner. */
export const externalIdInOwnAccount = statementRule({
  id: "external-id-in-own-account",
  severity: "warning",
  explains:
    "an external ID is for a third party that acts for several customers; between accounts of one owner it adds nothing, and keeps people from switching roles in the console",
  remedy: "take the external ID out",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
  found({ policy, statement }, estate) {
    if (policy.kind !== "trust" || !hasCondition(statement, "sts:externalid")) return undefined;
    const own = awsPrincipals(statement).filter((principal) =>
      estate.accounts.has(accountOf(principal) ?? ""),
    );
    return own.length === 0 ? undefined : `it is demanded of ${own.join(", ")}`;
  },
});
