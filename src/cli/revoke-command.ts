import { dropSeals } from "./drop-seals";
import { UsageError, type ExitCode } from "./exit-code";
import { revoke, type RevokeOptions } from "./revoke";
import { seal } from "./seal";
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
  if (options.drop === true) {
    if (role === undefined) return dropSeals(terminal, options);
    throw new UsageError(
      `expected no role beside --drop, found ${role}; it takes every seal that may go`,
    );
  }
  if (role === undefined) {
    throw new UsageError("expected a key of roles, found none; only --drop does without one");
  }
  if (options.seal !== true) return revoke(terminal, role, options);
  if (options.principal !== undefined) {
    throw new UsageError(
      "expected no --principal beside --seal: a seal is for all sessions of the role; take it out",
    );
  }
  return seal(terminal, role, options);
}
