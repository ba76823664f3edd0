import { withControlPolicies } from "./control-policies";
import type { Estate, EstateAccount } from "./estate";
import { ExistingIdentityPaths } from "./existing-identity-paths";
import { joinResources } from "./join-resources";
import { joinStacks } from "./join-stacks";
import { policyReader } from "./policy-text";
import { readStack } from "./read-stack";
import { parseTerraformStack } from "./terraform-json";

/** What a reader of an estate knows that Terraform JSON does not say. */
export interface EstateFacts {
  /** ARN of a role or user to its unique ID. @default - unique IDs are known only after apply */
  readonly uniqueIds?: ReadonlyMap<string, string>;
  /** Account ID to organization ID. @default - not known */
  readonly organizationIds?: ReadonlyMap<string, string>;
  /** ARN of a KMS alias to that of its key. @default - known only after apply: the alias stands for it */
  readonly keyArns?: ReadonlyMap<string, string>;
}

/**
 * Reads what a set of stacks defines from their Terraform JSON alone.
 *
 * Guarantees: nothing that bears on who can assume what, or use the resources, is left out without an entry in `unknowns`;
 * the same stacks in the same order give the same estate. The cost is linear in the size of the
 * stacks.
 */
export function readEstate(stacks: ReadonlyMap<string, unknown>, facts: EstateFacts = {}): Estate {
  const paths = new ExistingIdentityPaths(stacks.values());
  const known = {
    uniqueIds: facts.uniqueIds ?? new Map<string, string>(),
    keyArns: facts.keyArns ?? new Map<string, string>(),
    existingPath: (accountId: string, kind: "role" | "user", name: string) =>
      paths.of(accountId, kind, name),
  };
  const readPolicy = policyReader();
  const declarations = [...stacks].map(([name, json]) =>
    readStack(parseTerraformStack(name, json), known, readPolicy),
  );
  const { identities, unknowns } = joinStacks(
    declarations,
    known,
    facts.organizationIds ?? new Map<string, string>(),
  );
  const joined = joinResources(declarations, known.keyArns);

  const stacksOf = new Map<string, string[]>();
  for (const { stack, accountIds } of declarations) {
    for (const id of accountIds) {
      const names = stacksOf.get(id);
      if (names === undefined) stacksOf.set(id, [stack]);
      else names.push(stack);
    }
  }
  const entrances = declarations.flatMap((stack) => stack.entrances);
  const estate: Estate = {
    accounts: new Map(
      [...stacksOf].map(([id, names]): [string, EstateAccount] => [id, { id, stacks: names }]),
    ),
    identities: new Map(identities.map((identity) => [identity.arn, identity])),
    resources: new Map(joined.resources.map((resource) => [resource.arn, resource])),
    unknowns: [...declarations.flatMap((stack) => stack.unknowns), ...unknowns, ...joined.unknowns],
    ...(entrances.length > 0 && { entrances }),
  };
  return withControlPolicies(
    estate,
    declarations.flatMap(({ controlPolicies }) => controlPolicies),
  );
}
