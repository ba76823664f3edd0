import type { Model } from "../model/model";
import { changedStacks, changeSteps, type ChangedStack } from "../model/rollout/changed-stacks";
import type { DeployStep } from "../model/rollout/next-steps";
import { changeCommands } from "./change-commands";
import type { NextCommand } from "./next-commands";
import { printCommands } from "./print-next";
import { synthesize, type Project } from "./project";
import { readRevision } from "./read-revision";
import { count, formatTable, type Terminal } from "./terminal";

/** What changed since a revision, and what to run for it; its JSON. */
export interface Since {
  readonly revision: string;
  readonly commit: string;
  readonly stacks: readonly ChangedStack[];
  readonly next: readonly NextCommand[];
}

/** Compares what the checkout would deploy with what it would have deployed at a revision. */
export async function compareWith(project: Project, revision: string): Promise<Since> {
  const before = readRevision(project, revision);
  const after: Model = project.model;
  const stacks = changedStacks(
    { model: before.model, stacks: await synthesize(before.model) },
    { model: after, stacks: await synthesize(after) },
  );
  const steps = changeSteps(before.model, after, stacks);
  return {
    revision,
    commit: before.commit,
    stacks: inOrderOf([...steps.destroy, ...steps.deploy], stacks),
    next: stacks.length === 0 ? [] : changeCommands(before, after, steps),
  };
}

/** As the commands have them; those that come after the next confirmation last. */
function inOrderOf(
  steps: readonly DeployStep[],
  changed: readonly ChangedStack[],
): readonly ChangedStack[] {
  const named = steps.flatMap(({ stacks }) => stacks);
  const position = ({ stack }: ChangedStack): number =>
    named.includes(stack) ? named.indexOf(stack) : named.length;
  return [...changed].sort((a, b) => position(a) - position(b));
}

/** The changed stacks in their order, and the commands. */
export function printSince(terminal: Terminal, { revision, commit, stacks, next }: Since): void {
  const since = `${revision} (${commit.slice(0, 12)})`;
  if (stacks.length === 0) {
    terminal.print(`No stack changed since ${since}.`);
    return;
  }
  terminal.print(
    formatTable(
      terminal,
      ["stack", `since ${since}`],
      stacks.map(({ stack, change }) => [stack, change]),
    ),
  );
  terminal.print("");
  const counts = (["gone", "new", "changed"] as const).map(
    (change) => `${stacks.filter((each) => each.change === change).length} ${change}`,
  );
  terminal.print(`${count(stacks.length, "stack")}: ${counts.join(", ")}`);
  printCommands(terminal, next);
}
