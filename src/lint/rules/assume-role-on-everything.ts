import { asArray } from "../../iam/policy-document";
import { actionsOfService, matches } from "../actions";
import { statementRule } from "../rule";

/** Permission to assume any role that trusts the account. */
export const assumeRoleOnEverything = statementRule({
  id: "assume-role-on-everything",
  severity: "error",
  explains:
    "it reaches every role, in any account, that ever trusts this account: the other side alone decides",
  remedy: "name the roles' ARNs",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
  found({ policy, statement }) {
    const { Effect, Resource, NotResource } = statement;
    if (policy.kind !== "identity" || Effect !== "Allow") return undefined;
    const assuming = actionsOfService(statement, "sts").filter((pattern) =>
      matches(pattern, "sts:AssumeRole"),
    );
    const everything = asArray(Resource).filter(
      (resource) => /^[*]+$/.test(resource) || /^arn:[^:]*:iam::[*]*:(role\/)?[*]+$/.test(resource),
    );
    if (assuming.length === 0 || (everything.length === 0 && NotResource === undefined)) {
      return undefined;
    }
    return `${assuming.join(", ")} on ${everything[0] ?? "all but NotResource"}`;
  },
});
