import type { EstateResource } from "../../estate/estate";
import type { ResourceQuestion } from "../../estate/resource-access";
import { statementsCovering } from "../../iam/evaluation/compiled-policy";
import { JUDGED_ACTIONS } from "../../iam/judged-actions";
import { policyDocument } from "../../iam/policy-document";
import type { DeclaredResource } from "./declared-uses";

/** What is asked of a resource, or of something in it. */
export type Asked = Omit<ResourceQuestion, "resource">;

/** Actions on the objects of a bucket, not on the bucket. */
const ON_OBJECTS = /^s3:(?!PutBucket).*(Object|MultipartUpload|Governance)/;

/** Every action of the service that is judged, on the resource and on what is in it: shared or not. */
export function questionsOf(
  { arn, service, uses }: DeclaredResource,
  resource: EstateResource,
): readonly Asked[] {
  const judged = JUDGED_ACTIONS.filter((action) => action.startsWith(service));
  if (service !== "s3:") return [{ actions: judged, arn: resource.arn }];
  const objects = uses.flatMap((use) =>
    use.arn === undefined || use.arn === arn ? [] : [use.arn],
  );
  return [
    { actions: judged.filter((action) => !ON_OBJECTS.test(action)), arn },
    ...[...new Set([...objects, `${arn}/crosstrust-elsewhere`])].map((object) => ({
      actions: judged.filter((action) => ON_OBJECTS.test(action)),
      arn: object,
    })),
  ];
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
