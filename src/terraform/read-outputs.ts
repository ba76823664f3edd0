import { isRecord, runOnBackend, type StackBackend } from "./run-on-backend";
import { terraformBinary, TerraformError } from "./terraform-binary";

/**
 * The outputs in a stack's state, whatever its backend; none when it was never applied.
 *
 * Throws a TerraformError when the backend cannot be reached.
 */
export async function readOutputs(
  backend: StackBackend,
): Promise<Readonly<Record<string, unknown>>> {
  const output = await runOnBackend(backend, ["output", "-json", "-no-color"]);
  if (!output.ok) throw outputsUnreachable(backend.stack, output.stderr);
  return outputValues(parseOutput(backend.stack, output.stdout));
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

function outputsUnreachable(stack: string, stderr: string): TerraformError {
  return new TerraformError(
    `stack ${stack}: expected to read its outputs from its backend, found: ${stderr.trim()}\n` +
      "check the credentials for the backend, or pass the outputs with --outputs FILE",
  );
}
