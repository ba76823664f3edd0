import { evaluateAccess } from "../../../src/iam/evaluation/evaluate-access";
import { Random } from "./random";
import { randomAccessRequest } from "./random-access-request";
import { SERVICES } from "./random-services";
import { simulateAccess } from "./simulator";

const CASES = 6_000;
const SEED = 20261125;

describe("evaluateAccess against an independent implementation", () => {
  it(`decides ${CASES} random requests to other services in the same way`, async () => {
    const random = new Random(SEED);
    const counts = new Map(SERVICES.map(({ action }) => [action, { allowed: 0, denied: 0 }]));
    const differences: unknown[] = [];
    for (let index = 0; index < CASES; index++) {
      const request = randomAccessRequest(random);
      const decision = evaluateAccess(request);
      const simulated = (await simulateAccess(request)) ? "allowed" : "denied";
      const count = counts.get(request.action);
      if (count !== undefined) count[simulated]++;
      if (decision.result !== simulated && differences.length < 3) {
        differences.push({ index, simulated, decision, request });
      }
    }
    expect(JSON.stringify(differences, null, 2)).toBe("[]");
    for (const [action, { allowed, denied }] of counts) {
      expect([action, Math.min(allowed, denied) > CASES / 100]).toEqual([action, true]);
    }
  });
});
