import { accessOf } from "../estate/access";
import type { Estate } from "../estate/estate";
import { statementsOf } from "./policies";
import type { Found, LintRule } from "./rule";
import { LINT_RULES } from "./rules";

/** A trap that an estate is in. */
export interface LintFinding extends Found {
  readonly rule: LintRule;
}

/**
 * Looks for the traps of the policy language in all that the stacks write: trust policies, identity
 * policies, resource policies, whoever wrote them. By rule, then in the order of the estate.
 */
export async function lint(estate: Estate): Promise<readonly LintFinding[]> {
  const linted = { estate, statements: statementsOf(estate), accesses: accessOf(estate) };
  const found = await Promise.all(
    LINT_RULES.map(async (rule) => (await rule.find(linted)).map((one) => ({ ...one, rule }))),
  );
  return found.flat();
}
