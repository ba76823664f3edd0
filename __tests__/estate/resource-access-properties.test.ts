import fc from "fast-check";
import { resourceAccessOf, type ResourceAccess } from "../../src/estate/resource-access";
import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import type { Caller, RequestContext } from "../../src/iam/evaluation/request";
import { callerOf } from "../../src/estate/caller-of";
import { MAY_ANYTHING, OUTSIDE, randomContext, randomSession, uniqueIdOf } from "./random-estate";
import { randomResource, type ResourceCase } from "./random-resource";

/** Requests of one principal. */
const requests = fc.array(fc.tuple(randomContext, randomSession), { minLength: 12, maxLength: 12 });

describe("who can do what to a resource", () => {
  it("has every principal of the estate that some request lets in", () => {
    fc.assert(
      fc.property(randomResource, requests, ({ estate, question }, tries) => {
        const found = principals(
          resourceAccessOf(estate, [question], { unlisted: "do not exist" }),
        );
        for (const identity of estate.identities.values()) {
          if (found.has(identity.arn)) continue;
          const caller = callerOf(identity);
          expect(lettingIn(question, caller, tries, identity.organizationId)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has every principal outside of the estate that some request lets in, or its account", () => {
    fc.assert(
      fc.property(randomResource, requests, ({ estate, question }, tries) => {
        const found = principals(resourceAccessOf(estate, [question]));
        for (const outsider of OUTSIDERS) {
          if (namesOf(outsider).some((name) => found.has(name))) continue;
          expect(lettingIn(question, outsider, tries)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const OUTSIDERS: readonly Caller[] = [
  ...(["role/audit", "user/eve", "role/team/deploy", "user/bob"] as const).map((name): Caller => {
    const arn = `arn:aws:iam::${OUTSIDE}:${name}`;
    return {
      kind: name.startsWith("role/") ? "role" : "user",
      arn,
      accountId: OUTSIDE,
      identityPolicies: [{ name: "all", document: MAY_ANYTHING }],
      uniqueId: uniqueIdOf(arn),
    };
  }),
  { kind: "service", arn: "ec2.amazonaws.com", identityPolicies: [] },
];

/** The requests of a caller that get in. */
function lettingIn(
  { resource, actions: [action], arn }: ResourceCase["question"],
  caller: Caller,
  tries: readonly (readonly [RequestContext, string | undefined])[],
  organizationId?: string,
): readonly RequestContext[] {
  const { accountId, policy } = resource;
  return tries
    .filter(([context, sessionName]) => {
      const decision = evaluateAccess({
        caller: caller.kind === "role" ? { ...caller, sessionName } : caller,
        action,
        resource: { arn, accountId, policy },
        context: { ...context, organizationId: organizationId ?? context.organizationId },
      });
      return decision.result === "allowed";
    })
    .map(([context]) => context);
}

/** As which the accesses may have a principal that is not in the estate. */
function namesOf({ kind, arn, accountId, uniqueId }: Caller): readonly string[] {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return [
    "*",
    arn,
    `arn:aws:iam::${accountId}:root`,
    ...(uniqueId === undefined ? [] : [uniqueId]),
    ...(kind === "role"
      ? ["alice", "build"].map(
          (session) => `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
        )
      : []),
  ];
}

function principals(accesses: readonly ResourceAccess[]): ReadonlySet<string> {
  return new Set(accesses.map(({ principal }) => principal));
}
