import { runOnBackend, type StackBackend } from "./run-on-backend";
import { terraformBinary, TerraformError } from "./terraform-binary";

/**
 * A stack's state as its backend has it, whatever its kind; undefined when it was never applied. It may
 * have secrets in it: nothing of it is written anywhere.
 *
 * Throws a TerraformError when the backend cannot be reached, or answers with something else.
 */
export async function readState(backend: StackBackend): Promise<unknown> {
  const { ok, stdout, stderr } = await runOnBackend(backend, ["state", "pull"]);
  if (!ok) {
    throw new TerraformError(
      `stack ${backend.stack}: expected to read its state from its backend, found: ${stderr.trim()}\n` +
        "check the credentials for the backend",
    );
  }
  if (stdout.trim() === "") return undefined;
  try {
    return JSON.parse(stdout);
  } catch {
    throw new TerraformError(
      `stack ${backend.stack}: expected JSON from ${terraformBinary()} state pull, found something else; run it by hand in the stack's folder`,
    );
  }
}
