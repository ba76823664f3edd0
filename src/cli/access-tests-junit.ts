import builder from "junit-report-builder";
import type { AccessTestResult } from "../review/access-tests/run-access-tests";
import { explanationOf } from "./access-test-explanation";
import type { Shown } from "./print-ways";

/** The results as a JUnit report, which CI shows beside those of other tests. */
export function accessTestsJunit(results: readonly AccessTestResult[], shown: Shown): string {
  const report = builder.newBuilder();
  const suite = report.testSuite().name("access tests");
  for (const result of results) {
    const { name, location } = result.test;
    const testCase = suite.testCase().className("access tests").name(name).file(location.file);
    if (result.passed) continue;
    const [first = "", ...more] = explanationOf(result, shown);
    testCase.failure(first).stacktrace([`${location.file}:${location.line}`, ...more].join("\n"));
  }
  return report.build();
}
