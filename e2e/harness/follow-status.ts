import { z } from "zod";
import type { Project } from "./project";

const STATUS = z.object({
  next: z.array(z.object({ command: z.string(), as: z.string() })),
});

/** A program run with the credentials of whom `status` names. */
export type RunAs = (as: string) => Promise<Project>;

/**
 * Does what `crosstrust status` says to run next, in its order, and gives the commands as they stand
 * there; none when there is nothing left to do.
 */
export async function followStatus(project: Project, runAs: RunAs): Promise<readonly string[]> {
  const { stdout } = await project.crosstrust(0, "status", "--json");
  const { next } = STATUS.parse(JSON.parse(stdout));
  for (const { command, as } of next) {
    const { program, words } = wordsOf(command);
    if (program === "crosstrust") await project.crosstrust(0, ...words);
    else await (await runAs(as)).deploy(stacksOf(command, words));
  }
  return next.map(({ command }) => command);
}

function wordsOf(command: string): {
  readonly program: "cdktf" | "crosstrust";
  readonly words: readonly string[];
} {
  const [npx, program, ...words] = command.split(" ");
  if (npx !== "npx" || (program !== "cdktf" && program !== "crosstrust")) {
    throw new Error(`expected npx cdktf or npx crosstrust, found ${command}`);
  }
  return { program, words: words.map((word) => word.replace(/^'(.*)'$/, "$1")) };
}

/** The stacks of a deploy; what stands after them is about the machine it runs on. */
function stacksOf(command: string, [verb, ...rest]: readonly string[]): readonly string[] {
  if (verb !== "deploy") throw new Error(`expected a deploy, found ${command}`);
  const firstOption = rest.findIndex((word) => word.startsWith("--"));
  return firstOption === -1 ? rest : rest.slice(0, firstOption);
}
