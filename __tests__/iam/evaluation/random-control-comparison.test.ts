import { evaluateAccess } from "../../../src/iam/evaluation/evaluate-access";
import { evaluateAssumeRole } from "../../../src/iam/evaluation/evaluate-assume-role";
import { Random } from "./random";
import { randomAccessRequest } from "./random-access-request";
import { randomControlPolicies } from "./random-control-policies";
import { randomRequest } from "./random-request";
import { simulate, simulateAccess } from "./simulator";

const CASES = 2_500;
const SEED = 20261126;

describe("control policies against an independent implementation", () => {
  it(`decide ${CASES} random requests to assume a role in the same way`, async () => {
    const random = new Random(SEED);
    const counts = new Counts();
    for (let index = 0; index < CASES; index++) {
      const { caller, role, ...request } = randomRequest(random);
      const { arn, accountId, trustPolicy } = role;
      const policy = trustPolicy === "unknown" ? undefined : trustPolicy;
      const { scp, rcp } = randomControlPolicies(random, {
        caller,
        action: "sts:AssumeRole",
        resource: { arn, accountId, policy },
        context: request.context,
      });
      const controlled = {
        ...request,
        caller: { ...caller, serviceControlPolicies: scp },
        role: { ...role, resourceControlPolicies: rcp },
      };
      const without = evaluateAssumeRole({ ...request, caller, role });
      const decision = evaluateAssumeRole(controlled);
      counts.count(without.result, decision.result, await simulate(controlled), controlled);
    }
    counts.expectAgreement();
  });

  it(`decide ${CASES} random requests to other services in the same way`, async () => {
    const random = new Random(SEED);
    const counts = new Counts();
    for (let index = 0; index < CASES; index++) {
      const request = randomAccessRequest(random);
      const { scp, rcp } = randomControlPolicies(random, request);
      const controlled = {
        ...request,
        caller: { ...request.caller, serviceControlPolicies: scp },
        resource: { ...request.resource, resourceControlPolicies: rcp },
      };
      const without = evaluateAccess(request);
      const decision = evaluateAccess(controlled);
      counts.count(without.result, decision.result, await simulateAccess(controlled), controlled);
    }
    counts.expectAgreement();
  });
});

/** How the answers differ, and how often control policies decided. */
class Counts {
  private readonly differences: unknown[] = [];
  private letThrough = 0;
  private refused = 0;

  count(without: string, result: string, simulated: boolean, request: unknown): void {
    if (without === "allowed") {
      if (result === "allowed") this.letThrough++;
      else this.refused++;
    }
    if ((result === "allowed") !== simulated && this.differences.length < 3) {
      this.differences.push({ result, simulated, request });
    }
  }

  expectAgreement(): void {
    expect(JSON.stringify(this.differences, null, 2)).toBe("[]");
    expect(this.letThrough).toBeGreaterThan(CASES / 20);
    expect(this.refused).toBeGreaterThan(CASES / 20);
  }
}
