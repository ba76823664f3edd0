import { synthesizeInMemory } from "../../src/app";
import { loadExtension, loadProject } from "../../src/cli/project";
import type { DeployedBy } from "../../src/model/rollout/next-steps";
import { deployStack, type DeployResult } from "../../src/rehearsal/deploy";
import { buildWorld, type World } from "../../src/rehearsal/world";
import type { Checkout } from "./checkout";

/** A command that `status` names, and the comment that says by whom. */
export interface TypedCommand {
  readonly as: string;
  readonly command: string;
}

/** The commands under `Next:`, as a reader takes them from the screen. */
export function nextOf(out: string): readonly TypedCommand[] {
  const [, after] = out.split("Next:\n");
  if (after === undefined) return [];
  const lines = after.trimEnd().split("\n");
  return lines.flatMap((line, number) =>
    line.startsWith("  # ") ? [{ as: line.slice(4), command: lines[number + 1].slice(2) }] : [],
  );
}

/**
 * `cdktf deploy` into simulated accounts: synthesizes the checkout as it is, and writes states where the
 * local backend has them (as the fake Terraform answers them) and the outputs file.
 */
export class SimulatedCdktf {
  readonly world: World;

  constructor(
    private readonly checkout: Checkout,
    world?: World,
  ) {
    this.world = world ?? buildWorldOf(checkout);
  }

  /** Runs a command line as `status` prints it. Throws where a deploy is refused. */
  async deploy({ as, command }: TypedCommand): Promise<readonly string[]> {
    const { patterns, outputsFile } = parseDeploy(command);
    const stacks = await this.checkout.inside(async () =>
      synthesizeInMemory(loadProject().model, await loadExtension()),
    );
    const chosen = [...stacks.keys()].filter((stack) => patterns.some((glob) => glob.test(stack)));
    const outputs: Record<string, unknown> = {};
    for (const stack of chosen) {
      const result = this.deployAs(byOf(as), stack, stacks.get(stack));
      if (!result.ok) throw new Error(`${stack}: ${result.error}`);
      outputs[stack] = result.outputs;
      const values = Object.entries(result.outputs).map(([name, value]) => [name, { value }]);
      this.checkout.write(`state/${stack}.tfstate`, JSON.stringify(Object.fromEntries(values)));
    }
    if (outputsFile !== undefined) this.checkout.write(outputsFile, JSON.stringify(outputs));
    return chosen;
  }

  private deployAs(by: DeployedBy, stack: string, json: unknown): DeployResult {
    return deployStack(this.world.terraform, stack, json, this.world.deployer(by));
  }
}

function buildWorldOf(checkout: Checkout): World {
  const before = process.cwd();
  process.chdir(checkout.folder);
  try {
    return buildWorld(loadProject().model);
  } finally {
    process.chdir(before);
  }
}

function parseDeploy(command: string): {
  readonly patterns: readonly RegExp[];
  readonly outputsFile?: string;
} {
  const words = command.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
  const [npx, cdktf, deploy, ...rest] = words;
  if (`${npx} ${cdktf} ${deploy}` !== "npx cdktf deploy") throw new Error(`cannot run ${command}`);
  const option = rest.findIndex((word) => word.startsWith("--"));
  const stacks = option === -1 ? rest : rest.slice(0, option);
  const file = rest.indexOf("--outputs-file");
  return {
    patterns: stacks.map((glob) => new RegExp(`^${glob.replaceAll("*", ".*")}$`)),
    ...(file !== -1 && { outputsFile: rest[file + 1] }),
  };
}

function byOf(as: string): DeployedBy {
  if (as.startsWith("as the deployer")) return "deployer";
  return as.startsWith("as an administrator of the management account")
    ? "administrator"
    : "hub-administrator";
}
