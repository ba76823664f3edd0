import { evaluateAccess } from "../../../src/iam/evaluation/evaluate-access";
import { accessRequestOf, readAccessCases } from "./access-case-table";

const FAMILIES = [
  "s3",
  "kms",
  "ecr",
  "secretsmanager",
  "sns-and-sqs",
  "events-and-lambda",
  "service-principals",
  "root-users",
  "request-keys",
  "resources",
  "control-policies",
  "unknown",
];

describe.each(FAMILIES)("%s", (family) => {
  it.each(readAccessCases(family).map((rule): [string, typeof rule] => [rule.rule, rule]))(
    "%s",
    (_, rule) => {
      const decision = evaluateAccess(accessRequestOf(rule));
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
    const rules = readAccessCases(family).map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  });
});
