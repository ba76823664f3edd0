import type { DeployStep } from "../model/rollout/next-steps";
import { rehearseChange as rollChange } from "../rehearsal/rehearse-change";
import { rehearse as roll } from "../rehearsal/rollout";
import { EXIT, type ExitCode } from "./exit-code";
import { printChange, printRehearsal } from "./print-rehearsal";
import { loadExtension, loadProject } from "./project";
import { readRevision, type Revision } from "./read-revision";
import { changeJson, rehearsalJson, type ChangeJson } from "./rehearsal-json";
import { count, type Terminal } from "./terminal";

/** Options of `crosstrust rehearse`. */
export interface RehearseOptions {
  readonly json?: boolean;
  /** A git revision whose organization is there already. */
  readonly since?: string;
}

/** `crosstrust rehearse`: the whole rollout, or a change since a revision, offline, step by step. */
export async function rehearse(terminal: Terminal, options: RehearseOptions): Promise<ExitCode> {
  const project = loadProject();
  const { model } = project;
  const extend = await loadExtension();
  const onStep = ({ name, stacks }: DeployStep): void =>
    terminal.progress(`rehearsing: ${name}, ${count(stacks.length, "stack")}`);
  if (options.since !== undefined) {
    const since = readRevision(project, options.since);
    const change = rollChange(since.model, model, extend, onStep);
    terminal.progress(undefined);
    if (options.json === true) {
      terminal.print(JSON.stringify(changeJson(change, idOf(since)), undefined, 2));
    } else printChange(terminal, since, model, change);
    return change.outcome.kind === "refused" ? EXIT.finding : EXIT.ok;
  }
  const rehearsal = roll(model, extend, onStep);
  terminal.progress(undefined);
  if (options.json === true) terminal.print(JSON.stringify(rehearsalJson(rehearsal), undefined, 2));
  else printRehearsal(terminal, model, rehearsal);
  return rehearsal.outcome.kind === "refused" ? EXIT.finding : EXIT.ok;
}

function idOf({ revision, commit }: Revision): ChangeJson["since"] {
  return { revision, commit };
}
