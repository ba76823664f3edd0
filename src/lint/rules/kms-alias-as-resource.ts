import { asArray } from "../../iam/policy-document";
import { actionsOfService, matches } from "../actions";
import { statementRule } from "../rule";

/** The actions that are done to an alias. */
const ON_ALIASES = ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"];

/** A key named by its alias, where only its own ARN counts. */
export const kmsAliasAsResource = statementRule({
  id: "kms-alias-as-resource",
  severity: "error",
  explains: "the resource of a request is the key, not the alias: the statement never matches",
  remedy: "name the key's ARN, or use the condition kms:ResourceAliases",
  page: "https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html",
  found({ statement }) {
    const aliases = asArray(statement.Resource).filter((arn) =>
      /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(arn),
    );
    const onKeys = actionsOfService(statement, "kms").filter(
      (pattern) => !ON_ALIASES.some((action) => matches(pattern, action)),
    );
    return aliases.length === 0 || onKeys.length === 0
      ? undefined
      : `${onKeys.join(", ")} on ${aliases.join(", ")}`;
  },
});
