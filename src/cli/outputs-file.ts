import type { Model } from "../model/model";
import { tryParseStackOutputs, type StackOutputs } from "../model/rollout/stack-outputs";
import { stackAccounts } from "../model/rollout/trusted-principals";
import { parseSource } from "../source/parse-source";
import { ProblemsError } from "../source/problem";
import { readSource } from "../source/read-source";

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
