import type { Estate } from "../../estate/estate";
import { Answers } from "../ask/answers";
import { decideOn, type Decided } from "../ask/decide-on";
import type { Way } from "../ask/way";
import { estateWith, type Principal } from "../names/principal";
import type { AccessTest, TestRequest } from "./access-test";

/** How a request of a test came out. */
export interface JudgedRequest extends TestRequest {
  readonly decided: Decided;
  /** Of one that is denied against what is expected: how the principal would get there. */
  readonly way?: Way;
}

/** How a test came out. */
export interface AccessTestResult {
  readonly test: AccessTest;
  readonly passed: boolean;
  readonly requests: readonly JudgedRequest[];
}

/** Judges each request of each test. One whose answer is unknown fails its test, whatever is expected. */
export function runAccessTests(
  estate: Estate,
  tests: readonly AccessTest[],
): readonly AccessTestResult[] {
  const ways = new WaysThere(estate);
  return tests.map((test) => {
    const requests = test.requests.map((request): JudgedRequest => {
      const decided = decideOn(request.inquiry);
      const isMissing = test.expect === "allowed" && decided.result !== "allowed";
      return { ...request, decided, way: isMissing ? ways.of(request) : undefined };
    });
    const passed = requests.every(({ decided }) => decided.result === test.expect);
    return { test, passed, requests };
  });
}

/** How principals would get where a test expects them: asked for failing tests alone. */
class WaysThere {
  private readonly answers = new Map<string, Answers>();

  constructor(private readonly estate: Estate) {}

  of({ principal, inquiry: { action, target } }: TestRequest): Way | undefined {
    const answers = this.answersFor(principal);
    const ways: readonly Way[] =
      target.kind === "role"
        ? answers.whoCanBe(target.role)
        : answers.whoCanDo({ resource: target.resource, arn: target.arn }, [action]);
    return ways.find((way) => way.principal === principal.arn);
  }

  /** Of all whom the estate holds the same ones: they cost a look at every role. */
  private answersFor(principal: Principal): Answers {
    const estate = estateWith(this.estate, principal);
    const key = estate === this.estate ? "" : principal.arn;
    const known = this.answers.get(key) ?? new Answers(estate);
    this.answers.set(key, known);
    return known;
  }
}
