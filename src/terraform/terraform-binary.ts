import { execFile } from "node:child_process";
import { promisify, types } from "node:util";

const run = promisify(execFile);

/** Terraform, or what TERRAFORM_BINARY_NAME names (`tofu`), as cdktf does it. */
export function terraformBinary(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}

/** What a run of Terraform gave. */
export interface TerraformRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Terraform could not be run, or could not do what it was asked for. */
export class TerraformError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TerraformError";
  }
}

/** Output of `terraform output -json` that is still taken, in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Variables with which a shell changes what every run does: arguments for other subcommands, and a
 * data folder that the runs would share. TF_CLI_ARGS_init stays, it may configure the backend.
 */
const NOT_PASSED_ON = ["TF_CLI_ARGS", "TF_CLI_ARGS_output", "TF_CLI_ARGS_state", "TF_DATA_DIR"];

/** Runs Terraform in a folder, without asking anything. Throws only when it cannot be started. */
export async function runTerraform(folder: string, args: readonly string[]): Promise<TerraformRun> {
  try {
    const { stdout, stderr } = await run(terraformBinary(), [...args], {
      cwd: folder,
      maxBuffer: MAX_OUTPUT,
      env: { ...environment(), TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" },
    });
    return { ok: true, stdout, stderr };
  } catch (error) {
    if (!types.isNativeError(error)) throw error;
    if ("code" in error && error.code === "ENOENT") throw terraformMissing();
    return {
      ok: false,
      stdout: "stdout" in error ? String(error.stdout) : "",
      stderr: "stderr" in error ? String(error.stderr) : error.message,
    };
  }
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.includes(name)),
  );
}

function terraformMissing(): TerraformError {
  return new TerraformError(
    `expected ${terraformBinary()} on the PATH, found none; install it, or name another binary by ` +
      "TERRAFORM_BINARY_NAME (confirm does without, with --outputs FILE, which cdktf deploy … --outputs-file FILE writes)",
  );
}
