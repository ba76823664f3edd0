/**
 * Whether a principal, as a policy names it, was deleted: AWS shows its unique ID in place of the ARN of a
 * role or user that is no more. One that is made again under its name has another, so that a permission does
 * not hold for it, nor does a denial.
 */
export function isOrphan(principal: string): boolean {
  return /^A(ROA|IDA)[A-Z0-9]+$/.test(principal);
}

/** Whether a principal is an AWS service. */
export function isService(principal: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal);
}
