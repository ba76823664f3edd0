import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunAs } from "../harness/follow-status";
import type { Plan } from "../harness/plan";
import type { Project } from "../harness/project";
import { AS } from "./organization";

/** How many Terraforms plan at once: as many as a small machine has cores. */
const PLANNERS = 2;

/** Texts of the stacks as they were synthesized last, by name. */
export function synthesized(project: Project): ReadonlyMap<string, string> {
  const folder = join(project.folder, "cdktf.out/stacks");
  return new Map(
    readdirSync(folder).map((stack) => [
      stack,
      readFileSync(join(folder, stack, "cdk.tf.json"), "utf8"),
    ]),
  );
}

/** Names of the stacks whose text is another one than before, new ones included; sorted. */
export function changedStacks(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((stack) => before.get(stack) !== after.get(stack))
    .sort();
}

/** Plans of stacks that were deployed before, of those that would do anything. */
export async function openPlans(
  runAs: RunAs,
  stacks: readonly string[],
): Promise<Readonly<Record<string, Plan>>> {
  const administrator = await runAs(AS.administrator);
  const deployer = await runAs(AS.deployer);
  const isAdministrators = (stack: string): boolean =>
    stack === "root" || stack.endsWith("-bootstrap");
  const left = [...stacks];
  const open: Record<string, Plan> = {};
  const planner = async (): Promise<void> => {
    for (let stack = left.shift(); stack !== undefined; stack = left.shift()) {
      const plan = await (isAdministrators(stack) ? administrator : deployer).plan(stack);
      if (plan.changes.length + plan.outputs.length > 0) open[stack] = plan;
    }
  };
  await Promise.all(Array.from({ length: PLANNERS }, planner));
  return open;
}
