import { evaluateAssumeRole } from "../../../src/iam/evaluation/evaluate-assume-role";
import { Random } from "./random";
import { randomRequest } from "./random-request";
import { simulate } from "./simulator";

const CASES = 24_000;
const SEED = 20261123;

describe("evaluateAssumeRole against an independent implementation", () => {
  it(`decides ${CASES} random requests in the same way`, async () => {
    const random = new Random(SEED);
    const counts = { allowed: 0, denied: 0, unknown: 0 };
    const differences: unknown[] = [];
    for (let index = 0; index < CASES; index++) {
      const request = randomRequest(random);
      const decision = evaluateAssumeRole(request);
      counts[decision.result]++;
      const simulated = (await simulate(request)) ? "allowed" : "denied";
      if (decision.result !== simulated && differences.length < 3) {
        differences.push({ index, simulated, decision, request });
      }
    }
    expect(JSON.stringify(differences, null, 2)).toBe("[]");
    expect(counts.unknown).toBe(0);
    expect(counts.allowed / CASES).toBeGreaterThan(0.15);
    expect(counts.denied / CASES).toBeGreaterThan(0.15);
  });
});
