import type { AccessTestResult } from "../review/access-tests/run-access-tests";
import { explanationOf } from "./access-test-explanation";
import type { Shown } from "./print-ways";

/** The results for programs. */
export function accessTestsJson(
  file: string,
  results: readonly AccessTestResult[],
  shown: Shown,
): string {
  const tests = results.map((result) => {
    const { test, passed, requests } = result;
    return {
      name: test.name,
      passed,
      expect: test.expect,
      line: test.location.line,
      explanation: explanationOf(result, shown),
      requests: requests.map(({ principal, inquiry: { action, target }, decided }) => ({
        principal: principal.arn,
        action,
        arn: target.kind === "role" ? target.role.arn : target.arn,
        result: decided.result,
        reason: decided.reason,
        statements: decided.places.map(({ origin, ...place }) => ({ ...place, ...origin })),
      })),
    };
  });
  return JSON.stringify({ file, tests }, undefined, 2);
}
