import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { conditionsOf } from "../conditions";
import { statementRule } from "../rule";

/** A wildcard under an operator whose name says that there is none. */
export const wildcardInArnEquals = statementRule({
  id: "wildcard-in-arn-equals",
  severity: "warning",
  explains: "ArnEquals takes * and ? as wildcards, just as ArnLike does: it is no exact comparison",
  remedy: "write ArnLike where the wildcard is meant, and the whole ARN where it is not",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN",
  found({ statement }) {
    const values = conditionsOf(statement).flatMap((condition) =>
      /^arn(not)?equals$/.test(condition.operator) ? condition.values.filter(hasWildcard) : [],
    );
    return values.length === 0 ? undefined : `a wildcard stands in ${values.join(", ")}`;
  },
});
