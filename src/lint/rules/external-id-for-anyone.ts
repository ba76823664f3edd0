import { hasCondition } from "../conditions";
import { awsPrincipals } from "../principals";
import { statementRule } from "../rule";

/** An external ID that stands in place of a principal. */
export const externalIdForAnyone = statementRule({
  id: "external-id-for-anyone",
  severity: "error",
  explains:
    "an external ID is no secret: with a wildcard principal whoever learns it gets in, from any account",
  remedy: "name the account of the third party in Principal",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  found({ policy, statement }) {
    const isOpen =
      policy.kind === "trust" &&
      statement.Effect === "Allow" &&
      awsPrincipals(statement).includes("*") &&
      hasCondition(statement, "sts:externalid");
    return isOpen ? "everyone who knows the external ID is let in" : undefined;
  },
});
