import { Answers } from "../../../src/review/ask/answers";
import { estateOf } from "../../estate/access-table";

/**
 * So many accounts with ten roles each, which the next account's application may assume; the first
 * account's auditor may assume a role in each.
 */
function organization(accounts: number): ReturnType<typeof estateOf> {
  const ids = Array.from({ length: accounts }, (_, number) => String(100_000_000_000 + number));
  const arnIn = (id: string, name: string): string => `arn:aws:iam::${id}:role/${name}`;
  const trust = (arn: string) =>
    ({ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }) as const;
  const auditor = arnIn(ids[0], "auditor");
  const identities = ids.flatMap((id, number) => {
    const previous = ids[(number + accounts - 1) % accounts];
    const targets = Array.from({ length: 10 }, (_, role) => `target-${role}`);
    const app = arnIn(ids[(number + 1) % accounts], "app");
    return [
      [arnIn(id, "app"), { may: targets.map((target) => arnIn(previous, target)) }],
      [arnIn(id, "audit"), { trust: trust(auditor) }],
      ...targets.map((target) => [arnIn(id, target), { trust: trust(app) }]),
    ];
  });
  return estateOf(
    Object.fromEntries([...identities, [auditor, { may: ids.map((id) => arnIn(id, "audit")) }]]),
  );
}

function evaluationsFor(accounts: number): { readonly one: number; readonly all: number } {
  const estate = organization(accounts);
  const count = { evaluations: 0 };
  const answers = new Answers(estate, count);
  const [role] = [...estate.identities.values()].filter(({ name }) => name === "target-0");
  expect(answers.whoCanBe(role)).toHaveLength(1);
  const one = count.evaluations;
  expect(answers.rolesOf("arn:aws:iam::100000000000:role/auditor")).toHaveLength(accounts);
  return { one, all: count.evaluations };
}

test("asking costs an evaluation or two for each access of the estate, not for each pair", () => {
  const small = evaluationsFor(50);
  const large = evaluationsFor(500);

  expect(large.one / small.one).toBeCloseTo(10, 0);
  expect(large.all / small.all).toBeCloseTo(10, 0);
  expect(large.all).toBeLessThanOrEqual(500 * 11 * 2 + 500);
});
