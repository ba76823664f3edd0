import { UsageError, type ExitCode } from "./exit-code";
import { revoke, type RevokeOptions } from "./revoke";
import { drop, seal } from "./revoke-seal";
import type { Terminal } from "./terminal";

/** Options of `crosstrust revoke`. */
export interface RevokeCommandOptions extends RevokeOptions {
  readonly seal?: boolean;
  readonly drop?: boolean;
}

/** `crosstrust revoke`, in one of its three steps. */
export async function revokeCommand(
  terminal: Terminal,
  role: string | undefined,
  options: RevokeCommandOptions,
): Promise<ExitCode> {
  if (options.drop === true) return drop(terminal, options);
  if (role === undefined) {
    throw new UsageError("expected a key of roles, found none; only --drop does without one");
  }
  return options.seal === true ? seal(terminal, role, options) : revoke(terminal, role, options);
}
