import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { modelOf, synthesize } from "../../stacks/organization";

const ROLES_PER_ACCOUNT = 3;

/** How many requests verify judges for so many accounts, each with roles that the next one's may assume. */
function evaluationsFor(accounts: number): number {
  const names = Array.from({ length: accounts }, (_, number) => `a${number}`);
  const targets = names.flatMap((name, number) =>
    Array.from({ length: ROLES_PER_ACCOUNT }, (_, role) => [
      `${name}-${role}`,
      {
        name: `target-${role}`,
        accounts: [name],
        trusts: [{ account: names[(number + 1) % accounts], role: "app" }],
      },
    ]),
  );
  const model = modelOf({
    accounts: Object.fromEntries(
      names.map((name, number) => [name, { id: String(100_000_000_000 + number) }]),
    ),
    roles: {
      app: { accounts: ["*"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      ...Object.fromEntries(targets),
    },
  });
  const estate = readEstate(new Map(Object.entries(synthesize(model))), estateFacts(model));
  const count = { evaluations: 0 };
  expect(verify(model, estate, count)).toEqual({ findings: [], undecided: [] });
  return count.evaluations;
}

test("what verify judges grows with the accounts, not with their pairs", () => {
  const [ten, twenty, forty] = [10, 20, 40].map(evaluationsFor);
  expect(ten).toBeGreaterThanOrEqual(10 * ROLES_PER_ACCOUNT);
  expect([twenty, forty]).toEqual([2 * ten, 4 * ten]);
});
