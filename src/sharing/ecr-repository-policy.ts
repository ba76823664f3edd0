import { oneOrMany, type PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { namedPolicy } from "./named-statements";
import type { SharedEcrRepository } from "./shared-resource";

const PULL = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
] as const;

const PUSH = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/** What Lambda itself does to make a function of an image. */
export const LAMBDA_PULL_ACTIONS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/** The actions on a repository that its principals are allowed, sorted. */
export function ecrActions({ allow }: Pick<SharedEcrRepository, "allow">): readonly string[] {
  const actions = allow.flatMap((what): readonly string[] => (what === "push" ? PUSH : PULL));
  return [...new Set(actions)].sort();
}

/**
 * The repository policy, which has no `Resource`. With `lambda` the service may also read images, for
 * functions of the using accounts in the repository's Region (Amazon ECR does not serve others).
 */
export function ecrRepositoryPolicy(repository: SharedEcrRepository): PolicyDocument {
  const { allow, trusts, partition, region } = repository;
  const accountIds = [...new Set(trusts.map(({ accountId }) => accountId))].sort();
  return namedPolicy(repository.keep, [
    {
      name: allow.includes("push") ? (allow.length > 1 ? "PullAndPush" : "Push") : "Pull",
      statements: stagedStatements(trusts, { actions: ecrActions(repository) }),
    },
    {
      name: "LambdaPull",
      statements:
        allow.includes("lambda") && accountIds.length > 0
          ? [
              {
                Effect: "Allow",
                Principal: { Service: "lambda.amazonaws.com" },
                Action: LAMBDA_PULL_ACTIONS,
                Condition: {
                  StringLike: {
                    "aws:SourceArn": oneOrMany(
                      accountIds.map((id) => `arn:${partition}:lambda:${region}:${id}:function:*`),
                    ),
                  },
                },
              },
            ]
          : [],
    },
  ]);
}
