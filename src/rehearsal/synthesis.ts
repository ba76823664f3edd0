import { synthesizeInMemory, type Extend } from "../app";
import { groupBy } from "../model/group-by";
import type { Model } from "../model/model";
import { appliedValue, isPrincipalTrust } from "../trust/trust";

/** Synthesizes stacks as they are needed, and again only when a trust of theirs changed its stage. */
export class Synthesis {
  private readonly made = new Map<string, { readonly stages: string; readonly json: unknown }>();

  constructor(private readonly extend: Extend) {}

  /** The Terraform JSON of these stacks by this model's lock. */
  stacks(model: Model, names: readonly string[]): ReadonlyMap<string, unknown> {
    const roles = groupBy(model.roles, ({ stack }) => stack);
    const stages = new Map(
      names.map((name) => [
        name,
        JSON.stringify(
          (roles.get(name) ?? []).map(({ trusts }) =>
            trusts.filter(isPrincipalTrust).map(appliedValue),
          ),
        ),
      ]),
    );
    const stale = names.filter((name) => this.made.get(name)?.stages !== stages.get(name));
    if (stale.length > 0) {
      for (const [name, json] of synthesizeInMemory(model, this.extend, new Set(stale))) {
        this.made.set(name, { stages: stages.get(name) ?? "", json });
      }
    }
    return new Map(names.map((name) => [name, this.made.get(name)?.json]));
  }
}
