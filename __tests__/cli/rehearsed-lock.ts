import { loadExtension, loadProject } from "../../src/cli/project";
import { rollOut } from "../../src/rehearsal/rollout";
import { Synthesis } from "../../src/rehearsal/synthesis";
import { buildWorld } from "../../src/rehearsal/world";
import { formatLock } from "../../src/trust/format-lock";
import { EMPTY_LOCK } from "../../src/trust/lock";

/** The text of the lock with which the organization of this folder comes to its end. */
export async function rehearsedLock(): Promise<string> {
  const { model } = loadProject({ lock: "to be written" });
  const synthesis = new Synthesis(await loadExtension());
  const start = { world: buildWorld(model), synthesis, lock: EMPTY_LOCK };
  return formatLock(rollOut(start, model, () => undefined).lock);
}
