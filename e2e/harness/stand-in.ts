import { resolve } from "node:path";
import { mustRun } from "./run-process";

/** The checkout. */
export const CHECKOUT = resolve(__dirname, "../..");

/** What the tests keep from run to run; ignored by version control. */
const CACHE = resolve(CHECKOUT, ".e2e");

/** The emulator's Python environment. */
export const EMULATOR_VENV = resolve(CACHE, "emulator-venv");

/**
 * Installs the stand-in for the AWS provider where it is not yet, and gives the variables that point
 * Terraform and cdktf at it. Only a stand-in that changed is built again.
 */
export async function installStandIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const destination = resolve(CACHE, "stand-in");
  const env = inheritedEnvironment();
  await mustRun(resolve(folder, "install.sh"), [destination], { cwd: CHECKOUT, env, timeout: 600 });
  const { stdout } = await mustRun(
    "bash",
    ["-c", '. "$1" && env -0', "bash", resolve(destination, "env.sh")],
    { cwd: CHECKOUT, env: { PATH: env.PATH } },
  );
  return Object.fromEntries(
    stdout
      .split("\0")
      .filter((line) => line.includes("="))
      .map((line): [string, string] => [
        line.slice(0, line.indexOf("=")),
        line.slice(line.indexOf("=") + 1),
      ])
      .filter(([name]) => !["PATH", "PWD", "OLDPWD", "SHLVL", "_"].includes(name)),
  );
}

/**
 * This process's environment, for what needs a home folder and caches (pip, Go), without the settings
 * of AWS: nothing that the tests start may reach an account of the person who runs them.
 */
export function inheritedEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith("AWS_") ? [] : [[name, value]],
    ),
  );
}
