import { spawn } from "node:child_process";

/** What a process gave. */
export interface ProcessResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment: nothing of this process's own gets in. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds after which it is killed with all that it started. @default 240 */
  readonly timeout?: number;
}

/** What a run says when the emulator dropped a connection: Terraform may be run again after that. */
const CONNECTION_LOST = /use of closed network connection|connection reset by peer|unexpected EOF/;

/** Runs a program to its end; once more where it failed because the emulator dropped a connection. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const result = await runOnce(command, args, options);
  // Terraform breaks its lines, and draws a frame around them.
  const said = (result.stdout + result.stderr).replace(/[\s│]+/g, " ");
  const isLost = result.exitCode !== 0 && CONNECTION_LOST.test(said);
  return isLost ? runOnce(command, args, options) : result;
}

/** Runs a program to its end, and kills its process group when it takes too long. */
function runOnce(
  command: string,
  args: readonly string[],
  { cwd, env, timeout = 240 }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((done, fail) => {
    const child = spawn(command, [...args], {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const timer = setTimeout(() => {
      stderr += `\nkilled after ${timeout} seconds`;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, timeout * 1000);
    child.on("error", (error) => {
      clearTimeout(timer);
      fail(error);
    });
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      done({ exitCode, stdout, stderr });
    });
  });
}

/** How a process is run that must end in one way. */
export interface MustRunOptions extends ProcessOptions {
  /** @default 0 */
  readonly exitCode?: number;
}

/** Runs a program that must end with an exit code; else throws with what it said. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: MustRunOptions,
): Promise<ProcessResult> {
  const result = await runProcess(command, args, options);
  if (result.exitCode !== (options.exitCode ?? 0)) throw commandFailed(command, args, result);
  return result;
}

function commandFailed(command: string, args: readonly string[], result: ProcessResult): Error {
  const said = `${result.stdout}\n${result.stderr}`.trim().slice(-6_000);
  return new Error(`${command} ${args.join(" ")}: exit code ${result.exitCode}\n${said}`);
}
