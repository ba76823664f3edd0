import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Roles per account that another account's role may assume. */
export const ROLES_PER_ACCOUNT = 10;

/**
 * An organization of so many accounts, each with a role `app` and ten roles that the `app` of the
 * next account may assume: every edge crosses accounts, and edges grow with the accounts.
 */
export function writeOrganization(folder: string, accounts: number): string {
  const names = Array.from({ length: accounts }, (_, number) => `a${number}`);
  const roles: Record<string, unknown> = {
    app: { accounts: ["*"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
  };
  names.forEach((name, number) => {
    const next = names[(number + 1) % accounts];
    for (let role = 0; role < ROLES_PER_ACCOUNT; role += 1) {
      roles[`${name}-${role}`] = {
        name: `target-${role}`,
        accounts: [name],
        managedPolicies: ["ReadOnlyAccess"],
        trusts: [{ account: next, role: "app" }],
      };
    }
  });
  const file = {
    settings: {},
    accounts: Object.fromEntries(
      names.map((name, number) => [name, { id: String(100_000_000_000 + number) }]),
    ),
    roles,
  };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "accounts.json");
  writeFileSync(path, JSON.stringify(file, undefined, 2));
  writeFileSync(
    join(folder, "trust.lock.json"),
    JSON.stringify({ version: 1, principals: {}, applied: {}, stacks: {} }),
  );
  return path;
}
