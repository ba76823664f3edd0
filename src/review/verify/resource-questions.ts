import type { EstateResource } from "../../estate/estate";
import type { ResourceQuestion } from "../../estate/resource-access";
import { statementsCovering } from "../../iam/evaluation/compiled-policy";
import { JUDGED_ACTIONS } from "../../iam/judged-actions";
import { asArray, policyDocument, type PolicyDocument } from "../../iam/policy-document";
import type { DeclaredResource } from "./declared-resource";

/** What is asked of a resource, or of something in it. */
export type Asked = Omit<ResourceQuestion, "resource">;

/** Actions on the objects of a bucket, not on the bucket. */
const ON_OBJECTS = /^s3:(?!PutBucket).*(Object|MultipartUpload|Governance)/i;

/**
 * Every action of the service that is judged, and those that the policy names, on the resource and on what
 * is in it: shared or not.
 */
export function questionsOf(
  ways: DeclaredResource["ways"],
  { arn, policy }: EstateResource,
): readonly Asked[] {
  const service = `${arn.split(":")[2]}:`;
  const judged = JUDGED_ACTIONS.filter((action) => action.startsWith(service));
  const actions = [...judged, ...otherActionsOf(policy, service, new Set(judged))];
  if (service !== "s3:") return [{ actions, arn }];
  const parts = ways.flatMap(({ uses }) => uses.flatMap(({ part = arn }) => part));
  const objects = parts.filter((part) => part !== arn).map((part) => part.replaceAll("*", "x"));
  return [
    { actions: actions.filter((action) => !ON_OBJECTS.test(action)), arn },
    ...[...new Set([...objects, `${arn}/crosstrust-elsewhere`])].map((object) => ({
      actions: actions.filter((action) => ON_OBJECTS.test(action)),
      arn: object,
    })),
  ];
}

/** Actions of the service that a policy names as they are, besides those that are known. */
function otherActionsOf(
  policy: PolicyDocument | "unknown" | undefined,
  service: string,
  known: ReadonlySet<string>,
): readonly string[] {
  if (typeof policy !== "object") return [];
  const lowerCase = new Set([...known].map((action) => action.toLowerCase()));
  const named = asArray(policy.Statement).flatMap(({ Action }) => asArray(Action));
  return [...new Set(named)].filter(
    (action) =>
      action.toLowerCase().startsWith(service) &&
      !/[*?]/.test(action) &&
      !lowerCase.has(action.toLowerCase()),
  );
}

/** Whether a pattern of actions, such as `kms:ReEncrypt*`, has an action. */
export function covers(pattern: string, action: string): boolean {
  const document = coveringDocument(pattern);
  return statementsCovering(document, "identity", action).length > 0;
}

const DOCUMENTS = new Map<string, ReturnType<typeof policyDocument>>();

/** Kept by pattern: the evaluator compiles a document once. */
function coveringDocument(pattern: string): ReturnType<typeof policyDocument> {
  const known = DOCUMENTS.get(pattern);
  if (known !== undefined) return known;
  const made = policyDocument([{ Effect: "Allow", Action: pattern, Resource: "*" }]);
  DOCUMENTS.set(pattern, made);
  return made;
}
