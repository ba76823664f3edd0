import { NotAPolicy, policyDocumentOf } from "../../estate/policy-document-shape";
import { readPolicy } from "../../estate/policy-text";
import { tryKnownText, type ResolvedText } from "../../estate/resolved-text";
import { asArray, policySize, type PolicyDocument } from "../../iam/policy-document";
import { malformedPolicyDocument } from "./aws-error";

/** An identity policy that IAM has taken. */
export interface StoredPolicy {
  /** As it was written; what the rehearsal cannot know, such as a table's ARN, stays in its place. */
  readonly text: ResolvedText;
  /** Undefined where something that is not known may bear on assuming roles. */
  readonly document?: PolicyDocument;
  /** Characters as AWS counts them against its quotas; 0 without a document. */
  readonly size: number;
}

/** Takes an identity policy; refused where IAM finds it malformed. */
export function storedIdentityPolicy(text: ResolvedText): StoredPolicy {
  const known = tryKnownText(text);
  const document = known === undefined ? readPolicy(text).document : parsePolicy(known);
  for (const statement of asArray(document?.Statement)) {
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
      throw malformedPolicyDocument("Policy document should not specify a principal.");
    }
    if (statement.Resource === undefined && statement.NotResource === undefined) {
      throw malformedPolicyDocument("Policy statement must contain resources.");
    }
  }
  return { text, document, size: document === undefined ? 0 : policySize(document) };
}

/** Reads a policy document; refused with IAM's own words where it is not one. */
export function parsePolicy(text: string): PolicyDocument {
  try {
    return policyDocumentOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw malformedPolicyDocument("This policy contains invalid Json");
    }
    if (error instanceof NotAPolicy) {
      throw malformedPolicyDocument("Syntax errors in policy.", `${error.message}.`);
    }
    throw error;
  }
}
