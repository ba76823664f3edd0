import { processTerminal } from "../src/cli/process-terminal";
import { run } from "../src/cli/main";
import { buildApp } from "../src/app";
import { loadExtension, loadProject } from "../src/cli/project";

/*
 * `npm start`: the main job on the organization in this folder, offline. Each part is a command that
 * can be typed as it is shown; only the synthesis leaves out cdktf-cli, which takes seconds to start.
 */
const terminal = processTerminal();

async function tour(): Promise<void> {
  heading("npx crosstrust check");
  process.exitCode = await run(["check"], terminal);
  if (process.exitCode !== 0) return;

  heading("npx cdktf synth");
  const app = buildApp(loadProject().model, await loadExtension());
  app.synth();
  const stacks = Object.keys(app.manifest.stacks);
  terminal.print(`${app.outdir}/stacks: Terraform JSON of ${stacks.sort().join(", ")}`);

  for (const command of ["status", "rehearse"]) {
    heading(`npx crosstrust ${command}`);
    process.exitCode = await run([command], terminal);
    if (process.exitCode !== 0) return;
  }
}

function heading(command: string): void {
  terminal.print(`\n${terminal.colors.dim("$")} ${terminal.colors.bold(command)}`);
}

void tour();
