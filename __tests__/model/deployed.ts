import { createHash } from "node:crypto";
import { confirmOutputs, type Confirmation } from "../../src/model/rollout/confirmation";
import type { Model } from "../../src/model/model";
import { definedKeys } from "../../src/model/rollout/confirm-keys";
import { nextSteps } from "../../src/model/rollout/next-steps";
import type { StackOutputs } from "../../src/model/rollout/stack-outputs";
import { trustings } from "../../src/model/rollout/trusting";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { appliedValue, isPrincipalTrust } from "../../src/trust/trust";
import { printed, readFiles } from "./folder";
import { filesOf, type Change } from "./organization";

/** When the tests confirm. */
export const NOW = "2026-11-23T10:00:00Z";

/** The model of an organization with a change that nothing is wrong with. */
export function modelOf(change: Change): Model {
  const { model, problems } = readFiles(filesOf(change));
  expect(printed(problems.filter(({ severity }) => severity === "error"))).toEqual([]);
  if (model === undefined) throw new Error("no model");
  return model;
}

/** The unique ID that a principal has in these tests; another one where it was made again. */
export function uniqueId(arn: string, generation = 1): string {
  const name = arn.replace(/^.*\//, "").toUpperCase();
  return `${arn.includes(":user") ? "AIDA" : "AROA"}${name}${generation}`;
}

/** What stacks say once they are deployed; `recreated` principals have a new unique ID. */
export function outputsOf(
  model: Model,
  stacks: Iterable<string>,
  recreated: readonly string[] = [],
): ReadonlyMap<string, StackOutputs> {
  return new Map(
    [...stacks].map((stack) => {
      const inStack = [...model.roles, ...model.users].filter((each) => each.stack === stack);
      const existing = new Set(
        model.roles.filter(({ ownership }) => ownership === "existing").map(({ arn }) => arn),
      );
      const trusting = trustings(model).filter((each) => each.stack === stack);
      const trusts = trusting
        .map(({ arn, trusts }) => [arn, trusts.filter(isPrincipalTrust)] as const)
        .filter(([, principals]) => principals.length > 0)
        .map(([arn, principals]) => [
          arn,
          Object.fromEntries(principals.map((each) => [each.principalArn, appliedValue(each)])),
        ]);
      const trusted = inStack.filter((each) => each.trusted);
      const aliases = [...definedKeys(model)].filter(([, owner]) => owner === stack);
      return [
        stack,
        {
          trustedPrincipals: Object.fromEntries(
            trusted.map(({ arn }) => [arn, uniqueId(arn, recreated.includes(arn) ? 2 : 1)]),
          ),
          trusts: Object.fromEntries(trusts),
          trustTerms: Object.fromEntries(
            trusting
              .filter(({ arn }) => !existing.has(arn))
              .map((each) => [each.arn, each.terms()] as const)
              .filter(([, terms]) => Object.keys(terms).length > 0),
          ),
          ...(aliases.length > 0 && {
            sharedKeys: Object.fromEntries(aliases.map(([alias]) => [alias, keyArn(alias)])),
          }),
        },
      ];
    }),
  );
}

/** The key that an alias stands for in these tests; another one where it was made again. */
export function keyArn(aliasArn: string, generation = 1): string {
  const [account, alias] = aliasArn.split(":alias/");
  return `${account}:key/${createHash("sha256").update(`${alias} ${generation}`).digest("hex").slice(0, 12)}`;
}

/** Confirms what deploying stacks leads to. */
export function deployAndConfirm(
  model: Model,
  stacks: Iterable<string>,
  recreated: readonly string[] = [],
): Confirmation {
  return confirmOutputs(model, outputsOf(model, stacks, recreated), {
    now: NOW,
    acceptRecreated: true,
  });
}

/** The model after its next steps were deployed and confirmed. */
export function afterNextSteps(model: Model): Model {
  const stacks = nextSteps(model).flatMap((step) => step.stacks);
  return modelWithLock(model, deployAndConfirm(model, stacks).lock);
}

/** The model when all of its steps are taken. */
export function rolledOut(model: Model): Model {
  let current = model;
  for (let round = 0; nextSteps(current).length > 0; round += 1) {
    if (round === 6) throw new Error("the rollout does not end");
    current = afterNextSteps(current);
  }
  return current;
}
