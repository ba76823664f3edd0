import { policyDocument, type PolicyDocument, type Statement } from "../iam/policy-document";
import { stagedStatements } from "./staged-statements";
import type { Trust } from "./trust";

/**
 * The trust policy of a role: who may assume it, at the stage that each trust stands at.
 *
 * Guarantees: those of `stagedStatements`; without any trust it denies everybody.
 */
export function trustPolicy(trusts: readonly Trust[]): PolicyDocument {
  return policyDocument(trusts.length === 0 ? [NOBODY] : stagedStatements(trusts));
}

/** IAM takes no trust policy without a statement. */
const NOBODY: Statement = {
  Sid: "NobodyIsTrusted",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "sts:AssumeRole",
};
