import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { runTerraform, terraformBinary, TerraformError } from "./terraform-binary";

/** Where to ask for a stack's outputs. */
export interface StackBackend {
  readonly stack: string;
  /** The `terraform` block of its Terraform JSON. */
  readonly terraform: unknown;
  /** The folder in which Terraform runs for the stack: relative state paths start there. */
  readonly folder: string;
}

/**
 * The outputs in a stack's state, whatever its backend; none when it was never applied. Works in a
 * temporary folder with the backend alone, so nothing needs to be initialized in the checkout, and
 * installs no provider.
 *
 * Throws a TerraformError when the backend cannot be reached.
 */
export async function readOutputs(
  backend: StackBackend,
): Promise<Readonly<Record<string, unknown>>> {
  const folder = await mkdtemp(join(tmpdir(), "crosstrust-outputs-"));
  try {
    const block = backendAlone(backend.terraform, backend.folder);
    await writeFile(join(folder, "backend.tf.json"), JSON.stringify({ terraform: block }));
    // A state with resources names their providers, and init would download them for every stack.
    // With an empty folder for all providers it fails at them instead; by then it has set the backend
    // up, and that is all that `output` needs.
    const noProviders = join(folder, "no-providers");
    await mkdir(noProviders);
    const init = await runTerraform(folder, [
      "init",
      "-input=false",
      "-no-color",
      `-plugin-dir=${noProviders}`,
    ]);
    const output = await runTerraform(folder, ["output", "-json", "-no-color"]);
    if (!output.ok) {
      const isAboutBackend = !init.ok && !init.stderr.includes(noProviders);
      throw outputsUnreachable(backend.stack, (isAboutBackend ? init : output).stderr);
    }
    return outputValues(parseOutput(backend.stack, output.stdout));
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

function parseOutput(stack: string, stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new TerraformError(
      `stack ${stack}: expected JSON from ${terraformBinary()} output, found ${JSON.stringify(stdout.slice(0, 100))}; ` +
        "run it by hand, or pass the outputs with --outputs FILE",
    );
  }
}

function outputValues(json: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(json)) return {};
  return Object.fromEntries(
    Object.entries(json).map(([name, output]) => [
      name,
      isRecord(output) ? output.value : undefined,
    ]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function outputsUnreachable(stack: string, stderr: string): TerraformError {
  return new TerraformError(
    `stack ${stack}: expected to read its outputs from its backend, found: ${stderr.trim()}\n` +
      "check the credentials for the backend, or pass the outputs with --outputs FILE",
  );
}
