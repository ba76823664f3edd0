import { synthesizeInMemory, type Extend } from "../../src/app";
import { readModel } from "../../src/model/read-model";
import type { Lock } from "../../src/trust/lock";
import { formatLock } from "../../src/trust/format-lock";
import type { Checkout } from "./checkout";

/** Synthesizes files into a folder of a checkout, as `cdktf synth --output` does. */
export function synthesizeTo(
  checkout: Checkout,
  folder: string,
  accounts: object,
  lock: Lock,
  extend: Extend,
): void {
  const source = `source-${folder}`;
  checkout.write(`${source}/accounts.json`, JSON.stringify(accounts));
  checkout.write(`${source}/trust.lock.json`, formatLock(lock));
  const { model, problems } = readModel(checkout.path(`${source}/accounts.json`));
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (model === undefined) throw new Error("files without errors have a model");
  const stacks: Record<string, { synthesizedStackPath: string }> = {};
  for (const [name, json] of synthesizeInMemory(model, extend)) {
    stacks[name] = { synthesizedStackPath: `stacks/${name}/cdk.tf.json` };
    checkout.write(`${folder}/stacks/${name}/cdk.tf.json`, JSON.stringify(json));
  }
  checkout.write(`${folder}/manifest.json`, JSON.stringify({ stacks }));
}
