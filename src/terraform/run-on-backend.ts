import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { runTerraform, type TerraformRun } from "./terraform-binary";

/** Where a stack's state is. */
export interface StackBackend {
  readonly stack: string;
  /** The `terraform` block of its Terraform JSON. */
  readonly terraform: unknown;
  /** The folder in which Terraform runs for the stack: relative state paths start there. */
  readonly folder: string;
}

/**
 * Runs one command of Terraform on a stack's backend, whatever its kind. Works in a temporary folder
 * with the backend alone, so nothing needs to be initialized in the checkout, and installs no provider.
 *
 * The result is that of the command; of `init` where that failed at the backend.
 */
export async function runOnBackend(
  { terraform, folder: stackFolder }: StackBackend,
  args: readonly string[],
): Promise<TerraformRun> {
  const folder = await mkdtemp(join(tmpdir(), "crosstrust-backend-"));
  try {
    const block = backendAlone(terraform, stackFolder);
    await writeFile(join(folder, "backend.tf.json"), JSON.stringify({ terraform: block }));
    // A state with resources names their providers, and init would download them for every stack.
    // With an empty folder for all providers it fails at them instead; by then it has set the backend
    // up, and that is all that these commands need.
    const noProviders = join(folder, "no-providers");
    await mkdir(noProviders);
    const init = await runTerraform(folder, [
      "init",
      "-input=false",
      "-no-color",
      `-plugin-dir=${noProviders}`,
    ]);
    const run = await runTerraform(folder, args);
    const isAboutBackend = !init.ok && !init.stderr.includes(noProviders);
    return run.ok || !isAboutBackend ? run : { ...run, stderr: init.stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The `backend` or `cloud` block, with a local state's path made absolute. */
function backendAlone(terraform: unknown, folder: string): Readonly<Record<string, unknown>> {
  if (!isRecord(terraform)) return {};
  if (isRecord(terraform.cloud)) return { cloud: terraform.cloud };
  if (!isRecord(terraform.backend)) return {};
  const { local } = terraform.backend;
  if (!isRecord(local) || typeof local.path !== "string" || isAbsolute(local.path)) {
    return { backend: terraform.backend };
  }
  return { backend: { local: { ...local, path: resolve(folder, local.path) } } };
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
