import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "./staged-statements";
import type { Trust } from "./trust";

/**
 * The trust policy of a role: who may assume it, at the stage that each trust stands at.
 *
 * Guarantees: those of `stagedStatements`.
 */
export function trustPolicy(trusts: readonly Trust[]): PolicyDocument {
  return policyDocument(stagedStatements(trusts));
}
