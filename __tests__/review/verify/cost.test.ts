import { estateFacts } from "../../../src/cli/estate-of-model";
import type { Estate } from "../../../src/estate/estate";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { modelOf, synthesize } from "../../stacks/organization";

const ROLES_PER_ACCOUNT = 3;

interface Cost {
  /** Requests that are judged. */
  readonly evaluations: number;
  /** How often roles, users and resources of the estate are looked at. */
  readonly lookups: number;
}

/**
 * What verify does for so many accounts: each has roles that a role of the next one may assume, a queue that
 * is shared with that role, and a topic that is shared with the next account as a whole.
 */
function costFor(accounts: number): Cost {
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
    sharing: Object.fromEntries(
      names.flatMap((account, number) => {
        const next = names[(number + 1) % accounts];
        return [
          [
            `${account}-jobs`,
            { type: "sqs-queue", account, with: [{ account: next, role: "app" }] },
          ],
          [`${account}-news`, { type: "sns-topic", account, with: [next] }],
        ];
      }),
    ),
  });
  const estate = readEstate(new Map(Object.entries(synthesize(model))), estateFacts(model));
  const count = { evaluations: 0 };
  const lookups = { count: 0 };
  const counted: Estate = {
    ...estate,
    identities: counting(estate.identities, lookups),
    resources: counting(estate.resources, lookups),
  };
  expect(verify(model, counted, count)).toEqual({ findings: [], undecided: [] });
  return { evaluations: count.evaluations, lookups: lookups.count };
}

/** Roles, users or resources that count how often their ARNs and accounts are read. */
function counting<T extends { readonly accountId: string }>(
  byArn: ReadonlyMap<string, T>,
  lookups: { count: number },
): ReadonlyMap<string, T> {
  const count = (one: T): T =>
    new Proxy(one, {
      get: (target, key) => {
        if (key === "arn" || key === "accountId") lookups.count += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
  return new Map([...byArn].map(([arn, one]) => [arn, count(one)]));
}

test("what verify does grows with the accounts and what they share, not with their pairs", () => {
  const [ten, twenty, forty] = [10, 20, 40].map(costFor);
  expect(ten.evaluations).toBeGreaterThanOrEqual(10 * (ROLES_PER_ACCOUNT + 2));
  expect(ten.lookups).toBeGreaterThanOrEqual(10 * 2);
  expect([twenty, forty]).toEqual(
    [2, 4].map((times) => ({
      evaluations: times * ten.evaluations,
      lookups: times * ten.lookups,
    })),
  );
});
