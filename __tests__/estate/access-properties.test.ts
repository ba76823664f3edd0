import fc from "fast-check";
import { accessOf, type Access } from "../../src/estate/access";
import { admittingStatements } from "../../src/estate/admitting-statement";
import { Candidates } from "../../src/estate/candidates";
import type { Estate, Identity } from "../../src/estate/estate";
import { judge } from "../../src/estate/judge";
import { mayAssume } from "../../src/estate/question";
import { evaluateAssumeRole } from "../../src/iam/evaluation/evaluate-assume-role";
import type { Caller, RequestContext } from "../../src/iam/evaluation/request";
import {
  MAY_ANYTHING,
  OUTSIDE,
  randomContext,
  randomEstate,
  randomSession,
  uniqueIdOf,
} from "./random-estate";

/** Requests of one principal at one role. */
const requests = fc.array(fc.tuple(randomContext, randomSession), { minLength: 12, maxLength: 12 });

describe("who can assume what", () => {
  it("is the same as judging every pair, one by one", () => {
    fc.assert(
      fc.property(randomEstate, (estate) => {
        const found = resultsOf(accessOf(estate, { unlisted: "do not exist" }));
        const pairs = pairsOf(estate).map(([role, identity]) => [
          keyOf(role.arn, identity.arn),
          judgedAlone(estate, role, identity),
        ]);
        expect(pairs.map(([key]) => [key, found.get(String(key))])).toEqual(pairs);
      }),
      { numRuns: 300 },
    );
  });

  it("has every principal of the estate that some request lets in", () => {
    fc.assert(
      fc.property(randomEstate, requests, (estate, tries) => {
        const found = resultsOf(accessOf(estate, { unlisted: "do not exist" }));
        for (const [role, identity] of pairsOf(estate)) {
          if (found.has(keyOf(role.arn, identity.arn))) continue;
          expect(lettingIn(role, callerOf(identity), tries, identity.organizationId)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has every principal outside of the estate that some request lets in, or its account", () => {
    fc.assert(
      fc.property(randomEstate, requests, (estate, tries) => {
        const found = resultsOf(accessOf(estate));
        for (const role of rolesOf(estate)) {
          for (const outsider of outsiders()) {
            const names = namesOf(outsider);
            if (names.some((name) => found.has(keyOf(role.arn, name)))) continue;
            expect(lettingIn(role, outsider, tries)).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has every principal that the stacks do not make and that some request lets in", () => {
    fc.assert(
      fc.property(randomEstate, requests, fc.nat(), (estate, tries, number) => {
        const identities = [...estate.identities.values()];
        const unlisted = identities[number % identities.length];
        const rest = {
          ...estate,
          identities: new Map(
            identities.filter((one) => one !== unlisted).map((one) => [one.arn, one]),
          ),
        };
        const found = resultsOf(accessOf(rest));
        for (const role of rolesOf(rest)) {
          const caller = callerOf(unlisted);
          if (namesOf(caller).some((name) => found.has(keyOf(role.arn, name)))) continue;
          expect(lettingIn(role, caller, tries, unlisted.organizationId)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function rolesOf({ identities }: Estate): readonly Identity[] {
  return [...identities.values()].filter(({ kind }) => kind === "role");
}

function pairsOf(estate: Estate): readonly (readonly [Identity, Identity])[] {
  return rolesOf(estate).flatMap((role) =>
    [...estate.identities.values()].map((identity) => [role, identity] as const),
  );
}

/** Whether an identity can assume a role, found without any index. */
function judgedAlone(estate: Estate, role: Identity, identity: Identity): string | undefined {
  const { trustPolicy } = role;
  if (typeof trustPolicy !== "object") throw new Error("every role here has a trust policy");
  const candidates = new Candidates(estate, "do not exist");
  const question = mayAssume(role);
  const results = admittingStatements(trustPolicy, question).map((statement) => {
    const candidate = candidates.identity(identity, "account", statement);
    return judge(candidate, question, statement, { evaluations: 0 })?.result;
  });
  return results.find((result) => result === "allowed") ?? results.find((result) => result);
}

/** The requests of a caller that a role lets in. */
function lettingIn(
  { arn, accountId, trustPolicy = "unknown" }: Identity,
  caller: Caller,
  tries: readonly (readonly [RequestContext, string | undefined])[],
  organizationId?: string,
): readonly RequestContext[] {
  return tries
    .filter(([context, sessionName]) => {
      const request = {
        caller: caller.kind === "role" ? { ...caller, sessionName } : caller,
        role: { arn, accountId, trustPolicy },
        context: { ...context, organizationId: organizationId ?? context.organizationId },
      };
      return evaluateAssumeRole(request).result === "allowed";
    })
    .map(([context]) => context);
}

function callerOf(identity: Identity): Caller {
  const { kind, arn, accountId, policies, uniqueId, permissionsBoundary } = identity;
  return { kind, arn, accountId, identityPolicies: policies, uniqueId, permissionsBoundary };
}

function outsiders(): readonly Caller[] {
  const policies = [{ name: "all", document: MAY_ANYTHING }];
  const principals = (["role/audit", "user/eve", "role/team/deploy", "user/bob"] as const).map(
    (name): Caller => {
      const arn = `arn:aws:iam::${OUTSIDE}:${name}`;
      const kind = name.startsWith("role/") ? "role" : "user";
      return {
        kind,
        arn,
        accountId: OUTSIDE,
        identityPolicies: policies,
        uniqueId: uniqueIdOf(arn),
      };
    },
  );
  return [...principals, { kind: "service", arn: "ec2.amazonaws.com", identityPolicies: [] }];
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

function keyOf(roleArn: string, principal: string): string {
  return `${principal} -> ${roleArn}`;
}

function resultsOf(accesses: readonly Access[]): ReadonlyMap<string, string> {
  return new Map(
    accesses.map(({ roleArn, principal, result }) => [keyOf(roleArn, principal), result]),
  );
}
