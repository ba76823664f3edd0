import { newExternalId } from "../people/external-id";
import { EXIT, type ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

/** `crosstrust external-id`: one that nobody can guess. */
export function externalId(terminal: Terminal): ExitCode {
  terminal.print(newExternalId());
  return EXIT.ok;
}
