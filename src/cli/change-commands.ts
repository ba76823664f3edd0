import type { Model } from "../model/model";
import type { ChangeSteps } from "../model/rollout/changed-stacks";
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
      return { command, as: isProtected ? `${as}; with "protect": false in settings` : as };
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
