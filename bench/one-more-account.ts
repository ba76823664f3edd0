import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesizeInMemory } from "../src/app";
import type { Model } from "../src/model/model";
import { readModel } from "../src/model/read-model";
import { changedStacks } from "../src/model/rollout/changed-stacks";
import { nextSteps } from "../src/model/rollout/next-steps";
import { measure } from "./measure";

/** What one more account costs in an organization with logs and sharing. */
export interface OneMoreAccount {
  /** Files to Terraform JSON of all stacks, in memory. */
  readonly synthesis: number;
  /** Which stacks differ, from both organizations' JSON. */
  readonly comparison: number;
  /** What is due, and in which order. */
  readonly order: number;
  readonly changed: readonly string[];
}

/** Adds an account to an organization of so many members and measures in milliseconds. */
export function benchOneMoreAccount(folder: string, accounts: number): OneMoreAccount {
  const before = synthesized(readOrganization(folder, accounts));
  const synthesis = measure(() => synthesized(readOrganization(folder, accounts + 1)));
  const comparison = measure(() => changedStacks(before, synthesis.result));
  const order = measure(() => nextSteps(synthesis.result.model));
  return {
    synthesis: synthesis.milliseconds,
    comparison: comparison.milliseconds,
    order: order.milliseconds,
    changed: comparison.result.map(({ stack }) => stack),
  };
}

function synthesized(model: Model) {
  return { model, stacks: synthesizeInMemory(model, () => undefined) };
}

/** Logs for all, a role in every account, a bucket and a repository shared with the accounts of an OU. */
function readOrganization(folder: string, accounts: number): Model {
  const members = Array.from({ length: accounts }, (_, number) => [
    `m${number}`,
    {
      id: String(200_000_000_000 + number),
      ou: number % 10 === 0 ? "workloads/images" : "workloads",
    },
  ]);
  const file = {
    settings: { organizationId: "o-a1b2c3d4e5" },
    accounts: {
      logs: { id: "100000000001" },
      shared: { id: "100000000002" },
      ...Object.fromEntries(members),
    },
    logs: {
      account: "logs",
      cloudtrail: { bucket: "bench-cloudtrail" },
      config: { bucket: "bench-config", aggregator: true },
    },
    sharing: {
      images: {
        type: "ecr-repository",
        account: "shared",
        name: "images",
        with: ["ou:workloads/images"],
      },
      artifacts: {
        type: "s3-bucket",
        account: "shared",
        name: "bench-artifacts",
        with: ["ou:workloads/images"],
      },
    },
    roles: {
      runner: { accounts: ["shared"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      deploy: {
        accounts: ["*"],
        except: ["shared"],
        trusts: [{ account: "shared", role: "runner" }],
      },
    },
  };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "accounts.json");
  writeFileSync(path, JSON.stringify(file));
  writeFileSync(
    join(folder, "trust.lock.json"),
    JSON.stringify({ version: 1, principals: {}, applied: {}, stacks: {} }),
  );
  const { model, problems } = readModel(path);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (model === undefined || errors.length > 0) {
    throw new Error(errors.map(({ expected, found }) => `${expected}: ${found}`).join("\n"));
  }
  return model;
}
