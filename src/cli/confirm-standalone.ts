import type { Lock } from "../trust/lock";
import { updateLock } from "../trust/lock-file";
import type { ConfirmOptions } from "../model/confirmation";
import { EXIT, type ExitCode } from "./exit-code";
import { readOutputsFile } from "./stack-outputs";
import type { Terminal } from "./terminal";

/**
 * `crosstrust confirm --outputs FILE` in a folder with a lock and no accounts file: a CDKTF program on
 * the constructs alone. Every principal that the outputs name is recorded.
 */
export function confirmStandalone(
  terminal: Terminal,
  lockFile: string,
  outputsFile: string,
  options: ConfirmOptions,
): ExitCode {
  const outputs = [...readOutputsFile(outputsFile).values()];
  const found = new Map(outputs.flatMap((each) => Object.entries(each.trustedPrincipals)));
  let recreated: readonly string[] = [];
  updateLock(lockFile, (lock): Lock => {
    recreated = [...found]
      .filter(([arn, uniqueId]) => (lock.principals[arn]?.uniqueId ?? uniqueId) !== uniqueId)
      .map(([arn]) => arn);
    const refused = new Set(options.acceptRecreated ? [] : recreated);
    const principals = [...found].flatMap(([arn, uniqueId]) =>
      refused.has(arn) || lock.principals[arn]?.uniqueId === uniqueId
        ? []
        : [[arn, { uniqueId, confirmedAt: options.now }] as const],
    );
    return {
      ...lock,
      principals: { ...lock.principals, ...Object.fromEntries(principals) },
      applied: {
        ...lock.applied,
        ...Object.fromEntries(outputs.flatMap((each) => Object.entries(each.trusts))),
      },
    };
  });
  for (const [arn, uniqueId] of found) {
    terminal.print(
      recreated.includes(arn)
        ? `recreated ${arn}: now ${uniqueId}`
        : `confirmed ${arn} (${uniqueId})`,
    );
  }
  if (recreated.length === 0 || options.acceptRecreated) return EXIT.ok;
  terminal.print(
    "Not recorded: find out who made it again, then run this command with --accept-recreated.",
  );
  return EXIT.finding;
}
