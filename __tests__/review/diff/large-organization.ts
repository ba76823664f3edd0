import type { Estate, Identity } from "../../../src/estate/estate";
import { policyDocument, type Conditions } from "../../../src/iam/policy-document";

/** How an organization differs from its first form. */
export interface Change {
  /** Of the trust of every target role. */
  readonly condition?: Conditions;
  /** The trusted principal of the first account's target roles. */
  readonly firstPrincipal?: string;
}

const TARGETS = 10;

/**
 * An organization of so many accounts, each with a role `app` and ten roles that the `app` of the next
 * account may assume: every edge crosses accounts, and edges grow with the accounts.
 */
export function largeOrganization(accounts: number, change: Change = {}): Estate {
  const identities = new Map<string, Identity>();
  const idOf = (number: number): string => String(100_000_000_000 + (number % accounts));
  for (let number = 0; number < accounts; number += 1) {
    const [id, next, before] = [idOf(number), idOf(number + 1), idOf(number + accounts - 1)];
    const targets = Array.from({ length: TARGETS }, (_, target) => `target-${target}`);
    const trusted = `arn:aws:iam::${next}:role/app`;
    const principal = number === 0 ? (change.firstPrincipal ?? trusted) : trusted;
    for (const name of targets) {
      const trust = {
        Effect: "Allow",
        Principal: { AWS: principal },
        Action: "sts:AssumeRole",
      } as const;
      add({ id, name, trust: { ...trust, Condition: change.condition }, may: [] });
    }
    const trust = {
      Effect: "Allow",
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Action: "sts:AssumeRole",
    } as const;
    add({
      id,
      name: "app",
      trust,
      may: targets.map((name) => `arn:aws:iam::${before}:role/${name}`),
    });
  }
  return {
    accounts: new Map(
      [...Array(accounts).keys()].map((n) => [idOf(n), { id: idOf(n), stacks: [`a${n}`] }]),
    ),
    identities,
    resources: new Map(),
    unknowns: [],
  };

  function add(one: {
    id: string;
    name: string;
    trust: Parameters<typeof policyDocument>[0][number];
    may: readonly string[];
  }): void {
    const { id, name, trust, may } = one;
    const arn = `arn:aws:iam::${id}:role/${name}`;
    const origin = { stack: id, address: `aws_iam_role.${name}` };
    const permission = { Effect: "Allow", Action: "sts:AssumeRole", Resource: may } as const;
    identities.set(arn, {
      kind: "role",
      arn,
      name,
      path: "/",
      accountId: id,
      policies:
        may.length === 0
          ? []
          : [{ name: "assume", document: policyDocument([permission]), origin }],
      trustPolicy: policyDocument([trust]),
      defined: true,
      origin,
    });
  }
}
