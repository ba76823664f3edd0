import type { Estate } from "../estate/estate";
import { readEstate } from "../estate/read-estate";
import { tryStackOfState } from "../estate/terraform-state";
import type { Model } from "../model/model";
import { readState } from "../terraform/read-state";
import { TerraformError } from "../terraform/terraform-binary";
import { askEach } from "./ask-backends";
import { estateFacts } from "./estate-of-model";
import { synthesize } from "./project";
import type { Terminal } from "./terminal";

/**
 * What is deployed, by the states of all stacks: asked from their backends, whatever their kind. Stacks
 * that were never applied have nothing. Throws a TerraformError at a backend that cannot be reached.
 */
export async function estateOfStates(model: Model, terminal: Terminal): Promise<Estate> {
  terminal.progress("synthesizing");
  const configurations = await synthesize(model);
  const states = await askEach(terminal, [...configurations], readState);
  const facts = estateFacts(model);
  const uniqueIds = new Map(facts.uniqueIds);
  const keyArns = new Map(facts.keyArns);
  const stacks = states.map(([stack, state]) => {
    const found = tryStackOfState(state, configurations.get(stack));
    if (found === undefined) {
      throw new TerraformError(
        `stack ${stack}: expected a Terraform state of version 4, found another; apply it with a current Terraform`,
      );
    }
    for (const [arn, id] of found.facts.uniqueIds) uniqueIds.set(arn, id);
    for (const [alias, key] of found.facts.keyArns) keyArns.set(alias, key);
    return [stack, found.json] as const;
  });
  return readEstate(new Map(stacks), { ...facts, uniqueIds, keyArns });
}
