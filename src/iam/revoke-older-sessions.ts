import { policyDocument, type PolicyDocument } from "./policy-document";

/** Name of our policy. AWS's own console writes `AWSRevokeOlderSessions`: an incident responder's. */
export const REVOKE_OLDER_SESSIONS = "CrosstrustRevokeOlderSessions";

/**
 * Denies everything to sessions of a role that were issued before a moment, UTC. Sessions that begin later
 * are untouched (IAM User Guide, "Revoking IAM role temporary security credentials").
 */
export function revokeOlderSessionsPolicy(before: string): PolicyDocument {
  return policyDocument([
    {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { DateLessThan: { "aws:TokenIssueTime": before } },
    },
  ]);
}
