import { actionsOfService } from "../actions";
import { statementRule } from "../rule";

/** Signing in to a registry, as if it were done to one repository. */
export const ecrTokenInRepositoryPolicy = statementRule({
  id: "ecr-token-in-repository-policy",
  severity: "warning",
  explains:
    "signing in to a registry is done to no repository: a repository policy cannot allow it, the caller's own policy must",
  remedy: "allow ecr:GetAuthorizationToken on * in the caller's policy",
  page: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html",
  found({ policy, statement }) {
    const tokens =
      policy.ownerType === "aws_ecr_repository"
        ? actionsOfService(statement, "ecr").filter(
            (action) => action.toLowerCase() === "ecr:getauthorizationtoken",
          )
        : [];
    return tokens.length === 0 ? undefined : `${tokens[0]} in a repository policy`;
  },
});
