import * as app from "../../src/app";
import * as evaluation from "../../src/iam/evaluation/evaluate-assume-role";
import { rehearse } from "../../src/rehearsal/rollout";
import { modelOf } from "./model-of";

/** What a rehearsal takes: counted, never timed. */
interface Work {
  readonly deploys: number;
  readonly synthesized: number;
  readonly evaluations: number;
}

/** Accounts in a ring: each has ten roles that a role of the next account may assume. */
function ring(size: number): unknown {
  const names = Array.from({ length: size }, (_, number) => `a${number}`);
  const targets = names.flatMap((name, number) =>
    Array.from({ length: 10 }, (_, role) => [
      `${name}-${role}`,
      {
        name: `target-${role}`,
        accounts: [name],
        trusts: [{ account: names[(number + 1) % size], role: "app" }],
      },
    ]),
  );
  return {
    settings: { bootstrap: { deployer: { account: "a0", role: "deployer" } } },
    accounts: Object.fromEntries(
      names.map((name, number) => [name, { id: String(100_000_000_001 + number) }]),
    ),
    roles: {
      deployer: { accounts: ["a0"], trusts: [{ service: "codebuild.amazonaws.com" }] },
      app: { accounts: ["*"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      ...Object.fromEntries(targets),
    },
  };
}

function workOf(size: number): Work {
  let synthesized = 0;
  const real = app.synthesizeInMemory;
  const synthesis = jest.spyOn(app, "synthesizeInMemory").mockImplementation((...args) => {
    const stacks = real(...args);
    synthesized += stacks.size;
    return stacks;
  });
  const evaluations = jest.spyOn(evaluation, "evaluateAssumeRole");
  try {
    const { steps, outcome } = rehearse(modelOf(ring(size)), () => undefined);
    expect(outcome).toEqual({ kind: "tightened" });
    return {
      deploys: steps.reduce((sum, { stacks }) => sum + stacks.length, 0),
      synthesized,
      evaluations: evaluations.mock.calls.length,
    };
  } finally {
    synthesis.mockRestore();
    evaluations.mockRestore();
  }
}

test("the work of a rehearsal grows with the accounts, not with their square", () => {
  const [small, middle, large] = [6, 12, 24].map(workOf);
  for (const kind of ["deploys", "synthesized", "evaluations"] as const) {
    expect(small[kind]).toBeGreaterThan(0);
    // Linear: twice the accounts add twice what the first doubling added.
    expect(large[kind] - middle[kind]).toBe(2 * (middle[kind] - small[kind]));
  }
});

test("each stack is synthesized as often as its trusts change", () => {
  // Per account its bootstrap stack and its stack, each once at either stage; but the account that
  // trusts the hub's role finds it confirmed, and has one stage only.
  const { deploys, synthesized } = workOf(6);
  expect(synthesized).toBe(4 * 6 - 1);
  expect(deploys).toBeLessThanOrEqual(4 * 6);
});
