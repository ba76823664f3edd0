import type { AttributeContext } from "../estate/attributes";
import { policyDocumentText } from "../estate/policy-document-data";
import { tryKnownText, type ResolvedText } from "../estate/resolved-text";
import type { TerraformBlock } from "../estate/terraform-json";
import { resolveValue, UnknownValue, type Attributes, type Lookup } from "./value";

/** The type of the data source that makes policy documents. */
export const POLICY_DOCUMENT = "aws_iam_policy_document";

/** What the data source `aws_iam_policy_document` gives: the same text as an estate reads from it. */
export function readPolicyDocument(block: TerraformBlock, lookup: Lookup): Attributes {
  const text = policyDocumentText(block, contextOf(lookup));
  const json = tryKnownText(text) ?? new UnknownValue(text, false);
  return { json, minified_json: json };
}

/** A policy document only asks for texts. */
function contextOf(lookup: Lookup): AttributeContext {
  const notAsked = (block: TerraformBlock): ResolvedText => [
    { expression: block.address, reason: "not simulated" },
  ];
  return {
    text: (value) => {
      const resolved = resolveValue(value, lookup);
      return resolved instanceof UnknownValue ? resolved.text : [String(resolved)];
    },
    attribute: notAsked,
    accountId: notAsked,
    partition: notAsked,
    region: notAsked,
    tryUniqueId: () => undefined,
    tryKeyArn: () => undefined,
    aliasesOfKey: () => [],
    tryKeyOfAlias: () => undefined,
    existingRolePath: () => "/",
  };
}
