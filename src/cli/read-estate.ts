import { existsSync } from "node:fs";
import type { Estate } from "../estate/estate";
import { readEstate } from "../estate/read-estate";
import { readStacksFromFolder } from "../estate/stacks-folder";
import type { Model } from "../model/model";
import { mainFile } from "../model/read-model";
import { estateFacts, estateOfModel } from "./estate-of-model";
import { loadProject } from "./project";
import type { Terminal } from "./terminal";

/** An estate that a command asks, and what the files say of it. */
export interface ReadEstate {
  readonly estate: Estate;
  /** Undefined for a folder of stacks that no accounts file stands beside. */
  readonly model?: Model;
}

/**
 * What the files would deploy now, or the stacks that `cdktf synth` wrote to a folder: those of another
 * project too, without an accounts file.
 */
export async function estateToAsk(terminal: Terminal, folder?: string): Promise<ReadEstate> {
  if (folder !== undefined && !existsSync(mainFile())) {
    return { estate: estateOfFolder(folder) };
  }
  const { model } = loadProject();
  return { estate: await estateAt(terminal, model, folder), model };
}

/** The estate of the files: what they would deploy now, or what a folder of synthesized stacks holds. */
export async function estateAt(terminal: Terminal, model: Model, folder?: string): Promise<Estate> {
  if (folder === undefined) return estateOfModel(model, terminal);
  return estateOfFolder(folder, model);
}

/** What a folder of synthesized stacks holds, with what the files say of it where there are some. */
export function estateOfFolder(folder: string, model?: Model): Estate {
  return readEstate(readStacksFromFolder(folder), model && estateFacts(model));
}
