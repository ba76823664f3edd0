import { confirmOutputs, type Confirmation } from "../../src/model/rollout/confirmation";
import type { Model } from "../../src/model/model";
import { nextSteps } from "../../src/model/rollout/next-steps";
import type { StackOutputs } from "../../src/model/rollout/stack-outputs";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { appliedValue, isPrincipalTrust } from "../../src/trust/trust";
import { trustTerms } from "../../src/trust/trust-terms";
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
      const trusts = model.roles
        .filter((role) => role.stack === stack)
        .map((role) => [role.arn, role.trusts.filter(isPrincipalTrust)] as const)
        .filter(([, principals]) => principals.length > 0)
        .map(([arn, principals]) => [
          arn,
          Object.fromEntries(principals.map((each) => [each.principalArn, appliedValue(each)])),
        ]);
      const trusted = inStack.filter((each) => each.trusted);
      return [
        stack,
        {
          trustedPrincipals: Object.fromEntries(
            trusted.map(({ arn }) => [arn, uniqueId(arn, recreated.includes(arn) ? 2 : 1)]),
          ),
          trusts: Object.fromEntries(trusts),
          trustTerms: Object.fromEntries(
            model.roles
              .filter((role) => role.stack === stack && role.ownership !== "existing")
              .map((role) => [role.arn, trustTerms(role.trusts)]),
          ),
        },
      ];
    }),
  );
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
