import { createHash } from "node:crypto";

/** IAM's limit on a managed policy's name. */
const MAX_POLICY_NAME_LENGTH = 128;

/** A managed policy's name; where it would be longer than IAM allows, its end gives way to a hash of it. */
export function managedPolicyName(full: string): string {
  if (full.length <= MAX_POLICY_NAME_LENGTH) return full;
  const hash = createHash("sha256").update(full).digest("hex").slice(0, 12);
  return `${full.slice(0, MAX_POLICY_NAME_LENGTH - hash.length - 1)}-${hash}`;
}
