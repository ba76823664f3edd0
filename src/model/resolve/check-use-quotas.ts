import { policyDocument, policySize, type Statement } from "../../iam/policy-document";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "../../iam/quotas";
import type { Role, User } from "../model";
import type { Place, ProblemList } from "./problem-list";

/** What is shared with a role by name fits its policies, beside its own statements. */
export function checkRoleUse(role: Role, place: Place, problems: ProblemList): void {
  const who = `role ${role.name} in account ${role.account.name}`;
  if (role.ownership === "existing") {
    report(who, "one managed policy", sizeOf(role.mayUse), MANAGED_POLICY_SIZE, place, problems);
    return;
  }
  if (role.mayUse.length === 0) return;
  const size = sizeOf(role.statements) + sizeOf(role.mayUse);
  const what = "a role's inline policies together, its statements among them";
  report(who, what, size, INLINE_POLICIES_SIZE.role, place, problems);
}

/** What is shared with a user by name fits its inline policy. */
export function checkUserUse(user: User, place: Place, problems: ProblemList): void {
  const who = `user ${user.name} in account ${user.account.name}`;
  const quota = INLINE_POLICIES_SIZE.user;
  report(who, "a user's inline policies together", sizeOf(user.mayUse), quota, place, problems);
}

function report(
  who: string,
  what: string,
  size: number,
  quota: number,
  place: Place,
  problems: ProblemList,
): void {
  if (size <= quota) return;
  problems.error(place, {
    expected: `at most ${quota} characters of policy for what ${who} may use (${what})`,
    found: `${size} characters`,
    remedy: "share fewer resources with it by name, or share them with its whole account",
  });
}

function sizeOf(statements: readonly Statement[]): number {
  return statements.length === 0 ? 0 : policySize(policyDocument(statements));
}
