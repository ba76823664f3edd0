import type { Estate } from "../estate/estate";
import { readEstate, type EstateFacts } from "../estate/read-estate";
import type { Model } from "../model/model";
import { synthesize } from "./project";
import type { Terminal } from "./terminal";

/** What the checkout would deploy now, read back from its Terraform JSON. Loads cdktf. */
export async function estateOfModel(model: Model, terminal: Terminal): Promise<Estate> {
  terminal.progress("synthesizing");
  const stacks = await synthesize(model);
  terminal.progress("reading the stacks");
  const estate = readEstate(stacks, estateFacts(model));
  terminal.progress(undefined);
  return estate;
}

/** What the files say of an estate that its Terraform JSON does not: organizations, keys, unique IDs. */
export function estateFacts({ accounts, lock }: Model): EstateFacts {
  return {
    organizationIds: new Map(
      accounts.flatMap(({ id, organizationId }) =>
        organizationId === undefined ? [] : [[id, organizationId] as const],
      ),
    ),
    keyArns: new Map(Object.entries(lock.keys ?? {})),
    uniqueIds: new Map(
      Object.entries(lock.principals).map(([arn, { uniqueId }]) => [arn, uniqueId]),
    ),
  };
}
