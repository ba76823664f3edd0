import { conditionsOf } from "../conditions";
import { statementRule } from "../rule";

/** The account principal as a value of the condition key, where it means the root user. */
export const rootAsPrincipalArn = statementRule({
  id: "root-as-principal-arn",
  severity: "error",
  explains:
    "as a value of aws:PrincipalArn the account principal means the account's root user alone, who cannot assume roles",
  remedy: "name the account in Principal, or by aws:PrincipalAccount",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
  found({ statement }) {
    const roots = conditionsOf(statement).flatMap(({ operator, lowerCaseKey, values }) =>
      statement.Effect === "Allow" &&
      lowerCaseKey === "aws:principalarn" &&
      /^(arn|string)(equals|like|equalsignorecase)$/.test(operator)
        ? values.filter((value) => /^arn:[^:]*:iam::[^:]*:root$/.test(value))
        : [],
    );
    return roots.length === 0 ? undefined : `aws:PrincipalArn is ${roots.join(", ")}`;
  },
});
