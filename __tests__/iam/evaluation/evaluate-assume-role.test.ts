import { evaluateAssumeRole } from "../../../src/iam/evaluation/evaluate-assume-role";
import { readCases, requestOf } from "./case-table";

const FAMILIES = [
  "cross-account",
  "same-account",
  "principals",
  "not-principal",
  "services-and-federation",
  "explicit-deny",
  "boundaries",
  "session-policies",
  "actions-and-resources",
  "conditions",
  "condition-operators",
  "set-operators",
  "policy-variables",
  "request-keys",
  "mfa",
  "session-tags",
  "source-identity",
  "control-policies",
  "unknown",
];

describe.each(FAMILIES)("%s", (family) => {
  it.each(readCases(family).map((rule): [string, typeof rule] => [rule.rule, rule]))(
    "%s",
    (_, rule) => {
      const decision = evaluateAssumeRole(requestOf(rule));
      expect(decision.result).toBe(rule.expect);
      expect(decision.reason).not.toBe("");
      if (rule.reason !== undefined) expect(decision.reason).toBe(rule.reason);
      if (rule.decidedBy !== undefined) {
        expect(decision.decidedBy.map(({ policy, statement }) => `${policy} ${statement}`)).toEqual(
          rule.decidedBy,
        );
      }
    },
  );

  it("has rules of different names", () => {
    const rules = readCases(family).map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  });
});
