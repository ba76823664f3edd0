import { accessOf } from "../../src/estate/access";
import { resourceAccessOf } from "../../src/estate/resource-access";
import { estateOf } from "./access-table";
import { resourceOf } from "./resource-access-table";

const ROLES_PER_ACCOUNT = 10;

/**
 * An organization of so many accounts: in each an application, ten roles that the next account's
 * application may assume, an administrator, and a role that trusts the account's users; and one role
 * that all accounts may assume.
 */
function organization(accounts: number): Parameters<typeof estateOf>[0] {
  const identities: Record<string, Parameters<typeof estateOf>[0][string]> = {};
  const ids = Array.from({ length: accounts }, (_, number) => String(100_000_000_000 + number));
  const [hub] = ids;
  const log = `arn:aws:iam::${hub}:role/log`;
  ids.forEach((id, number) => {
    const own = (name: string): string => `arn:aws:iam::${id}:${name}`;
    const next = ids[(number + 1) % accounts];
    const previous = ids[(number + accounts - 1) % accounts];
    const targets = Array.from({ length: ROLES_PER_ACCOUNT }, (_, role) => `role/target-${role}`);
    identities[own("role/app")] = {
      may: [...targets.map((target) => `arn:aws:iam::${previous}:${target}`), log],
    };
    identities[own("role/admin")] = {
      may: "*",
      policies: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
    };
    for (const target of targets) {
      identities[own(target)] = { trust: trustIn([next], `arn:aws:iam::${next}:role/app`) };
    }
    identities[own("role/people")] = { trust: trustIn([id], own("user/*")) };
  });
  identities[log] = { trust: trustIn(ids, "arn:aws:iam::*:role/app") };
  return identities;
}

function trustIn(accountIds: readonly string[], arn: string) {
  return {
    Effect: "Allow",
    Principal: { AWS: accountIds.map((id) => `arn:aws:iam::${id}:root`) },
    Action: "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": arn } },
  } as const;
}

function evaluationsFor(accounts: number): number {
  const count = { evaluations: 0 };
  const found = accessOf(estateOf(organization(accounts)), { unlisted: "do not exist", count });
  expect(found).toHaveLength(accounts * (ROLES_PER_ACCOUNT + 1));
  return count.evaluations;
}

/** A queue in each account, which the next account's application may send to. */
function evaluationsForQueues(accounts: number): number {
  const estate = estateOf(organization(accounts));
  const count = { evaluations: 0 };
  const questions = [...new Set([...estate.identities.values()].map(({ accountId }) => accountId))]
    .map((id, number, ids) => ({ id, next: ids[(number + 1) % ids.length] }))
    .map(({ id, next }) => ({
      resource: {
        ...resourceOf({
          arn: `arn:aws:sqs:eu-west-1:${id}:jobs`,
          policy: {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${next}:root` },
            Action: "sqs:SendMessage",
            Resource: "*",
          },
        }),
        accountId: id,
      },
      actions: ["sqs:SendMessage"],
    }));
  resourceAccessOf(estate, questions, { unlisted: "do not exist", count });
  return count.evaluations;
}

describe("who can do what to resources", () => {
  it("costs as many evaluations per account whatever the number of accounts", () => {
    const [twenty, forty] = [20, 40].map(evaluationsForQueues);
    expect(forty).toBe(2 * twenty);
    expect(twenty).toBeGreaterThanOrEqual(20);
    expect(twenty).toBeLessThan(20 * 4);
  });
});

describe("who can assume what", () => {
  it("costs as many evaluations per account whatever the number of accounts", () => {
    const [fifty, hundred, twoHundred] = [50, 100, 200].map(evaluationsFor);
    expect(hundred).toBe(2 * fifty);
    expect(twoHundred).toBe(4 * fifty);
    expect(fifty).toBeLessThan(50 * (ROLES_PER_ACCOUNT + 1) * 2);
  });
});
