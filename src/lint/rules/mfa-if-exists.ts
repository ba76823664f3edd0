import { conditionsOf } from "../conditions";
import { statementRule } from "../rule";

/** MFA that long-term keys get around, because the key is not in their requests at all. */
export const mfaIfExists = statementRule({
  id: "mfa-if-exists",
  severity: "error",
  explains:
    "BoolIfExists lets in who has no aws:MultiFactorAuthPresent at all: access keys without MFA",
  remedy: "write Bool in place of BoolIfExists",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  found({ statement }) {
    const isThere =
      statement.Effect === "Allow" &&
      conditionsOf(statement).some(
        ({ operator, ifExists, lowerCaseKey, values }) =>
          operator === "bool" &&
          ifExists &&
          lowerCaseKey === "aws:multifactorauthpresent" &&
          values.some((value) => value.toLowerCase() === "true"),
      );
    return isThere ? "MFA is demanded by BoolIfExists in an Allow" : undefined;
  },
});
