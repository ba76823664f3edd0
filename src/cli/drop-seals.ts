import { hasEnded, isOver, openRevocations } from "../model/rollout/revocations";
import { dropSeals as withoutEndedSeals } from "../model/rollout/seals";
import { modelWithLock } from "../model/rollout/with-lock";
import { updateLock } from "../trust/lock-file";
import { EXIT, type ExitCode } from "./exit-code";
import { nextCommands } from "./next-commands";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { printUnchanged, type RevokeOptions } from "./revoke";
import { count, type Terminal } from "./terminal";

/** `crosstrust revoke --drop`: takes seals away whose sessions have all ended. */
export function dropSeals(terminal: Terminal, options: RevokeOptions): ExitCode {
  const { model, lockFile, warnings } = loadProject();
  printProblems(terminal, warnings);
  const now = new Date();
  const seals = Object.entries(model.lock.sealed ?? {});
  const ended = seals.filter(([, each]) => hasEnded(each, now)).map(([arn]) => arn);
  const kept = seals.filter(([, each]) => !hasEnded(each, now));
  const over = openRevocations(model)
    .filter((each) => isOver(model.lock, each, now))
    .map(({ roleArn }) => roleArn);
  const after = modelWithLock(model, withoutEndedSeals(model, now));
  const isChanged = options.dryRun !== true && ended.length + over.length > 0;
  if (isChanged) updateLock(lockFile, (lock) => withoutEndedSeals({ ...model, lock }, now));
  if (options.json === true) {
    const data = {
      changed: isChanged,
      dropped: ended,
      forgotten: over,
      kept: kept.map(([roleArn, { until }]) => ({ roleArn, until })),
      next: nextCommands(after),
    };
    terminal.print(JSON.stringify(data, undefined, 2));
    return EXIT.ok;
  }
  for (const [arn, { until }] of kept) terminal.print(`${arn} stays sealed until ${until}`);
  for (const arn of ended) terminal.print(`${arn}: every session that was denied has ended`);
  for (const arn of over) terminal.print(`${arn}: the revocation is over`);
  if (ended.length + over.length === 0) terminal.print("No seal may go yet.");
  else if (isChanged) {
    terminal.print(`dropped ${count(ended.length, "seal")}`);
    printNext(terminal, after);
  } else printUnchanged(terminal, after, options);
  return EXIT.ok;
}
