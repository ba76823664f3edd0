import { ASSUMING_ACTIONS, JUDGED_ACTIONS } from "../iam/judged-actions";
import { tryFindManagedPolicy } from "../iam/managed-policies";
import {
  asArray,
  policyDocument,
  type PolicyDocument,
  type Statement,
} from "../iam/policy-document";

/**
 * An AWS managed policy of the list. The list has its statements on assuming roles and on the actions
 * that are usually asked about; what it says of others is uncertain in the document, unless it allows
 * everything. One document for all who have the policy: evaluations remember what they read by document.
 */
export function tryAwsPolicyDocument(arn: string): PolicyDocument | undefined {
  if (!DOCUMENTS.has(arn)) DOCUMENTS.set(arn, makeDocument(arn));
  return DOCUMENTS.get(arn);
}

const DOCUMENTS = new Map<string, PolicyDocument | undefined>();

function makeDocument(arn: string): PolicyDocument | undefined {
  const document = tryFindManagedPolicy(arn)?.document;
  if (document === undefined) return undefined;
  const statements = asArray(document.Statement);
  const allowsAll = statements.some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === "Allow" && Action === "*" && Resource === "*" && Condition === undefined,
  );
  return allowsAll ? document : policyDocument([...statements, NOT_LISTED]);
}

/** IAM has no such operator, so that the evaluation cannot tell whether it is met. */
const NOT_LISTED: Statement = {
  Effect: "Allow",
  NotAction: [...ASSUMING_ACTIONS, ...JUDGED_ACTIONS],
  Resource: "*",
  Condition: { NotInTheListOfManagedPolicies: { "aws:PrincipalArn": "" } },
};
