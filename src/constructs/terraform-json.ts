import type { PolicyDocument } from "../iam/policy-document";

/**
 * A policy document as the text of a Terraform JSON attribute. Terraform reads `${…}` and `%{…}` in
 * such a text as expressions of its own, so IAM's policy variables are escaped.
 */
export function policyJson(document: PolicyDocument): string {
  return escapeTerraform(JSON.stringify(document));
}

/** A literal text for Terraform JSON: nothing in it is an expression, but for cdktf's own tokens. */
export function escapeTerraform(text: string): string {
  return text.replace(/([$%])\{(?!TfToken\[)/g, "$1$1{");
}
