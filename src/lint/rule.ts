import type { Access } from "../estate/access";
import type { Estate, Origin } from "../estate/estate";
import type { LintRuleId } from "../model/lint-rule-ids";
import type { LintedStatement } from "./policies";

/** What rules look at. */
export interface LintedEstate {
  readonly estate: Estate;
  readonly statements: readonly LintedStatement[];
  /** Who can assume what. */
  readonly accesses: readonly Access[];
}

/** Something that a rule found. */
export interface Found {
  /** ARN of the role, user or resource. */
  readonly ownerArn: string;
  readonly accountId: string;
  readonly origin: Origin;
  /** `trust policy, statement 1 (Sid Images)`; undefined where no statement is meant. */
  readonly where?: string;
  /** What stands there, as the end of a sentence: `aws:PrincipalArn is arn:…:root`. */
  readonly found: string;
}

/** A trap that the policy language has, and where an estate is in it. */
export interface LintRule {
  readonly id: LintRuleId;
  /** `error`: it does not do what it says; `warning`: it may be meant. */
  readonly severity: "error" | "warning";
  /** What is wrong with it, in a sentence. */
  readonly explains: string;
  /** What to do instead, as an imperative sentence without a full stop. */
  readonly remedy: string;
  /** The page of AWS's documentation. */
  readonly page: string;
  find(linted: LintedEstate): readonly Found[] | Promise<readonly Found[]>;
}

/** A rule that looks at each statement alone: `found` says what is wrong with one, or nothing. */
export function statementRule(
  rule: Omit<LintRule, "find"> & {
    found(linted: LintedStatement, estate: Estate): string | undefined;
  },
): LintRule {
  const { found, ...rest } = rule;
  return {
    ...rest,
    find: ({ statements, estate }) =>
      statements.flatMap((linted) => {
        const text = found(linted, estate);
        return text === undefined ? [] : [foundIn(linted, text)];
      }),
  };
}

/** Something that was found in a statement. */
export function foundIn({ policy, statement, index }: LintedStatement, found: string): Found {
  const sid = statement.Sid === undefined ? "" : ` (Sid ${statement.Sid})`;
  return {
    ownerArn: policy.ownerArn,
    accountId: policy.accountId,
    origin: policy.originOf(index),
    where: `${policy.name}, statement ${index}${sid}`,
    found,
  };
}
