import type { Condition } from "../iam/evaluation/conditions";
import { matchesPattern, parsePattern } from "../iam/evaluation/wildcard-pattern";
import type { Caller } from "../iam/evaluation/request";
import type { Candidate } from "./candidate";
import type { Question } from "./question";
import { variableKeys } from "./policy-variables";

/** A principal as it calls: which condition keys are its own, and which its request can choose. */
export interface Subject {
  readonly caller: Caller;
  readonly candidate: Candidate;
  readonly question: Question;
}

/** Whether it may be one of many principals. */
export function isMadeUp({ candidate: { known } }: Subject): boolean {
  return known === "account" || known === "nothing";
}

/** Subjects of one kind have the same open keys. */
export function kindOfSubject({ caller, candidate, question }: Subject): string {
  const organization = candidate.organizationId === undefined ? "any" : "known";
  const account = candidate.known === "account" ? caller.accountId : "";
  return `${question.kind} ${candidate.known} ${caller.kind} ${organization} ${account}`;
}

/**
 * Whether a request of this principal may carry one value of a condition key or another: what the
 * caller passes (an external ID), where and when it calls, and what the estate does not tell of the
 * principal (tags, its organization). `key` is in lower case.
 */
export function isOpenKey(key: string, subject: Subject): boolean {
  const { caller, candidate, question } = subject;
  if (question.settledKeys.has(key)) return false;
  const isPrincipal = caller.kind === "user" || caller.kind === "role";
  switch (key) {
    case "aws:principalarn":
    case "aws:principaltype":
    case "aws:username":
      return isPrincipal && isMadeUp(subject);
    case "aws:principalaccount":
      return isPrincipal && candidate.known === "nothing";
    case "aws:principalservicename":
      return caller.kind === "service" && isMadeUp(subject);
    case "aws:principalorgid":
      return (isPrincipal || caller.kind === "root") && candidate.organizationId === undefined;
    case "aws:userid":
      return isPrincipal && candidate.known !== "identity";
    case "aws:multifactorauthpresent":
    case "aws:multifactorauthage":
      return caller.kind === "user" || caller.kind === "root" || (isPrincipal && isMadeUp(subject));
    default:
      return true;
  }
}

/** Whether a condition may be met by one request of this principal and not by another. */
export function isOpenCondition({ lowerCaseKey, values }: Condition, subject: Subject): boolean {
  return (
    (isOpenKey(lowerCaseKey, subject) && !namesOtherAccounts(lowerCaseKey, values, subject)) ||
    (lowerCaseKey === "aws:userid" && namesSessions(values, subject)) ||
    hasOpenVariable(values, subject)
  );
}

/** Whether a condition on ARNs means none that a principal of the account may have. */
function namesOtherAccounts(
  lowerCaseKey: string,
  values: readonly string[],
  { caller: { accountId }, candidate }: Subject,
): boolean {
  if (lowerCaseKey !== "aws:principalarn" || candidate.known !== "account") return false;
  return values.every((value) => {
    const account = value.split(":").at(4);
    return (
      account !== undefined &&
      accountId !== undefined &&
      !value.includes("${") &&
      !matchesPattern(parsePattern(account), accountId)
    );
  });
}

/** Whether texts of a policy hold a variable that one request fills in so, and another otherwise. */
export function hasOpenVariable(texts: readonly string[], subject: Subject): boolean {
  return variableKeys(texts).some(
    // A role's session has a name of the caller's choice.
    (key) => isOpenKey(key, subject) || (key === "aws:userid" && subject.caller.kind === "role"),
  );
}

/** `AROA…:session`: of such a value the caller chooses the session; of `AROA…:*` nothing. */
function namesSessions(userIds: readonly string[], { caller }: Subject): boolean {
  return caller.kind === "role" && !userIds.every((id) => /^[\w?]*(\*|\*?:\*)?$/.test(id));
}

/** Keys that follow from the caller alone: one in another form has other values. */
const BELONGS_TO_CALLER: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principaltype",
  "aws:principalservicename",
  "aws:sourceidentity",
  "aws:userid",
  "aws:username",
]);

/** Keys that every request carries. */
export const ALWAYS_PRESENT: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:sourceip",
]);

/** The conditions on keys of which the caller's requests may carry one value or another, by key in lower case. */
export function conditionsByOpenKey(
  conditions: readonly Condition[],
  subject: Subject,
): ReadonlyMap<string, readonly Condition[]> {
  const byKey = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const { lowerCaseKey } = condition;
    if (BELONGS_TO_CALLER.has(lowerCaseKey) || !isOpenKey(lowerCaseKey, subject)) continue;
    const known = byKey.get(lowerCaseKey);
    if (known === undefined) byKey.set(lowerCaseKey, [condition]);
    else known.push(condition);
  }
  return byKey;
}
