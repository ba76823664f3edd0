import type { Model } from "../model/model";
import type { ChangeSteps } from "../model/rollout/changed-stacks";
import type { DeployStep } from "../model/rollout/next-steps";
import { stackAccounts } from "../model/rollout/trusted-principals";
import { stepCommand, type NextCommand } from "./next-commands";
import type { Revision } from "./read-revision";

/**
 * What to run after a change of the files. What is gone is destroyed by the files that still have it:
 * cdktf knows no other stacks.
 */
export function changeCommands(
  before: Revision,
  after: Model,
  { destroy, deploy }: ChangeSteps,
): readonly NextCommand[] {
  const gone = destroy.flatMap(({ stacks }) => stacks);
  const deployed = deploy.map((step) => stepCommand(after, step));
  const confirm = {
    command: `npx crosstrust confirm${gone.length > 0 ? " --prune" : ""}`,
    as: "records what exists now",
  };
  if (gone.length === 0) return deployed.length === 0 ? [] : [...deployed, confirm];
  return [
    {
      command: `git switch --detach ${before.commit.slice(0, 12)}`,
      as: `the files that still have ${gone.join(", ")}: commit yours first`,
    },
    ...destroy.map((step) => {
      const { command, as } = stepCommand(before.model, step);
      const isProtected = before.model.settings.protect;
      const notes = [
        ...(isProtected ? ['with "protect": false in settings'] : []),
        ...(renamed(before.model, after, step)
          ? ['not where the account is only renamed: docs/commands.md, "Renaming"']
          : []),
      ];
      return { command, as: [as, ...notes].join("; ") };
    }),
    {
      command: "git switch -",
      as: before.model.settings.protect
        ? "back to your files, once protect is as it was"
        : "back to your files",
    },
    ...deployed,
    confirm,
  ];
}

/** Whether one of the accounts that a step destroys has a stack of another name afterwards. */
function renamed(before: Model, after: Model, { stacks }: DeployStep): boolean {
  const idOf = stackAccounts(before);
  const kept = new Set(stackAccounts(after).values());
  return stacks.some((stack) => kept.has(idOf.get(stack) ?? ""));
}
