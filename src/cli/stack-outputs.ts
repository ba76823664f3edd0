import { resolve } from "node:path";
import { defaultOutdir } from "../app";
import type { Model } from "../model/model";
import { tryParseStackOutputs, type StackOutputs } from "../model/stack-outputs";
import { stackAccounts } from "../model/trusted-principals";
import { parseSource } from "../source/parse-source";
import { ProblemsError } from "../source/problem";
import { readSource } from "../source/read-source";
import { readOutputs } from "../terraform/read-outputs";
import { synthesize } from "./project";
import type { Terminal } from "./terminal";

/** How many backends are asked at once. */
const AT_ONCE = 4;

/**
 * The outputs of stacks from a file as `cdktf deploy --outputs-file` writes it. Throws a
 * ProblemsError when it is none, or when it holds no stack of ours.
 */
export function readOutputsFile(file: string, model?: Model): ReadonlyMap<string, StackOutputs> {
  const source = readSource(file);
  if ("problem" in source) throw new ProblemsError([source.problem]);
  const { document, problems } = parseSource(file, source.text);
  if (document === undefined || problems.length > 0) throw new ProblemsError(problems);
  const known = model === undefined ? undefined : stackAccounts(model);
  const outputs = new Map<string, StackOutputs>();
  const entries =
    typeof document.value === "object" && document.value !== null
      ? Object.entries(document.value)
      : [];
  for (const [stack, values] of entries) {
    const parsed = tryParseStackOutputs(values);
    if (parsed !== undefined && (known === undefined || known.has(stack))) {
      outputs.set(stack, parsed);
    }
  }
  if (outputs.size > 0) return outputs;
  throw new ProblemsError([
    {
      severity: "error",
      location: document.locate([]),
      path: "",
      expected: "outputs of at least one stack of this organization",
      found: entries.length === 0 ? "none" : `stacks ${entries.map(([name]) => name).join(", ")}`,
      remedy: "write the file with npx cdktf deploy <stacks> --outputs-file FILE",
    },
  ]);
}

/** The outputs of every stack, asked from its backend; stacks that were never applied have none. */
export async function askBackends(
  terminal: Terminal,
  model: Model,
): Promise<ReadonlyMap<string, StackOutputs>> {
  const stacks = [...(await synthesize(model))].filter(([stack]) =>
    stackAccounts(model).has(stack),
  );
  const outputs = new Map<string, StackOutputs>();
  const queue = [...stacks];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [stack, json] = next;
      terminal.progress(`asking backends: ${done} of ${stacks.length} stacks`);
      const values = await readOutputs({
        stack,
        terraform: terraformBlock(json),
        folder: resolve(defaultOutdir(), "stacks", stack),
      });
      const parsed = tryParseStackOutputs(values);
      if (parsed !== undefined) outputs.set(stack, parsed);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  terminal.progress(undefined);
  return outputs;
}

function terraformBlock(json: unknown): unknown {
  return typeof json === "object" && json !== null && "terraform" in json
    ? json.terraform
    : undefined;
}
