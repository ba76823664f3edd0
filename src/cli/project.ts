import type { Extend, SynthesizedStacks } from "../app";
import { mainFile, readModel, type ReadModelOptions } from "../model/read-model";
import type { Model } from "../model/model";
import { deployOrderWarnings } from "../model/rollout/check-deploy-order";
import { expiringTrusts } from "../model/rollout/expiring-trusts";
import { removedAccounts } from "../model/rollout/removed-accounts";
import { renames } from "../model/rollout/renames";
import { ProblemsError, sortProblems, type Problem } from "../source/problem";
import { UsageError } from "./exit-code";

/** The files a command works on, read and found right. */
export interface Project {
  readonly model: Model;
  readonly file: string;
  readonly lockFile: string;
  readonly warnings: readonly Problem[];
}

/** Everything that is wrong with the files, and the model where there is one. */
export interface ReadProject {
  readonly file: string;
  readonly lockFile: string;
  readonly model?: Model;
  readonly problems: readonly Problem[];
}

/** Reads the files; problems are for the caller to judge. */
export function readProject(options: ReadModelOptions = {}): ReadProject {
  const file = mainFile();
  const { model, lockFile, problems } = readModel(file, options);
  return {
    file,
    lockFile,
    ...(model !== undefined && { model }),
    problems: sortProblems([
      ...problems,
      ...(model === undefined
        ? []
        : [
            ...renames(model),
            ...removedAccounts(model, lockFile),
            ...deployOrderWarnings(model),
            ...expiringTrusts(model, new Date()),
          ]),
    ]),
  };
}

/** Reads the files. Throws a ProblemsError with every problem when one of them is an error. */
export function loadProject(options: ReadModelOptions = {}): Project {
  const { file, lockFile, model, problems } = readProject(options);
  if (model === undefined || problems.some(({ severity }) => severity === "error")) {
    throw new ProblemsError(problems);
  }
  return { file, lockFile, model, warnings: problems };
}

/** The user's own constructs. Loaded only by commands that synthesize: cdktf takes its time. */
export async function loadExtension(): Promise<Extend> {
  const { extend } = (await import("../../extensions")) as { readonly extend?: Extend };
  if (typeof extend === "function") return extend;
  throw new UsageError(
    `expected extensions.ts to export a function extend, found ${extend === undefined ? "none" : typeof extend}; where nothing is to be added: export function extend(): void {}`,
  );
}

/** What the checkout would deploy now. Loads cdktf, as `loadExtension` does. */
export async function synthesize(model: Model): Promise<SynthesizedStacks> {
  const [{ synthesizeInMemory }, extend] = await Promise.all([import("../app"), loadExtension()]);
  return synthesizeInMemory(model, extend);
}
