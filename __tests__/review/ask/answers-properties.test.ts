import fc from "fast-check";
import { accessOf } from "../../../src/estate/access";
import { callerOf } from "../../../src/estate/caller-of";
import type { Estate, Identity } from "../../../src/estate/estate";
import { resourceAccessOf } from "../../../src/estate/resource-access";
import { asArray, type PolicyDocument } from "../../../src/iam/policy-document";
import { usualActions } from "../../../src/review/ask/actions-of";
import { Answers } from "../../../src/review/ask/answers";
import { decideOn, type DecidingPlace } from "../../../src/review/ask/decide-on";
import type { Way } from "../../../src/review/ask/way";
import { randomContext, randomEstate, randomSession } from "../../estate/random-estate";
import { randomResource } from "../../estate/random-resource";

const RUNS = { numRuns: 150 };

function rolesOf({ identities }: Estate): readonly Identity[] {
  return [...identities.values()].filter(({ kind }) => kind === "role");
}

function endOf({ steps }: Way): string {
  return steps[steps.length - 1].arn;
}

test("who-can and can are each other's transpose", () => {
  fc.assert(
    fc.property(randomEstate, (estate) => {
      const answers = new Answers(estate);
      const into = rolesOf(estate).flatMap((role) => answers.whoCanBe(role));
      const principals = [...new Set(into.map(({ principal }) => principal))];
      const from = [...principals, ...estate.identities.keys()].flatMap((principal) =>
        answers.rolesOf(principal),
      );
      const lines = (ways: readonly Way[]): readonly string[] =>
        [
          ...new Set(
            ways.map((way) => `${way.principal} ${endOf(way)} ${way.result} ${way.steps.length}`),
          ),
        ].sort();
      expect(lines(into)).toEqual(lines(from));
    }),
    RUNS,
  );
});

test("who-can and can are each other's transpose on resources too", () => {
  fc.assert(
    fc.property(randomResource, ({ estate: without, question: { resource } }) => {
      const estate = { ...without, resources: new Map([[resource.arn, resource]]) };
      const answers = new Answers(estate);
      const into = answers.whoCanDo({ resource, arn: resource.arn }, usualActions(resource));
      const principals = [...new Set(into.map(({ principal }) => principal))];
      const from = [...new Set([...principals, ...estate.identities.keys()])].flatMap((principal) =>
        answers.resourcesOf(principal),
      );
      const lines = (ways: typeof into): readonly string[] =>
        ways
          .map((way) => `${way.principal} ${way.action} ${way.result} ${way.steps.length}`)
          .sort();
      expect(lines(into)).toEqual(lines(from));
    }),
    { numRuns: 50 },
  );
});

test("single steps are what accessOf and resourceAccessOf find", () => {
  fc.assert(
    fc.property(randomResource, ({ estate, question }) => {
      const answers = new Answers(estate);
      const ways = rolesOf(estate).flatMap((role) => answers.whoCanBe(role));
      for (const { principal, roleArn, result, needs } of accessOf(estate)) {
        // Nobody need assume the role that he is.
        if (principal === roleArn) continue;
        const way = ways.find((one) => one.principal === principal && endOf(one) === roleArn);
        expect(way).toBeDefined();
        if (way?.steps.length === 1) {
          expect([way.result, way.steps[0].needs]).toEqual([result, needs]);
        } else if (result === "allowed") throw new Error("a chain where one step is enough");
      }
      for (const { resource, actions, arn } of [question]) {
        const used = answers.whoCanDo({ resource, arn: arn ?? resource.arn }, actions);
        for (const { principal, action, result } of resourceAccessOf(estate, [question])) {
          const way = used.find((one) => one.principal === principal && one.action === action);
          if (result === "allowed") expect([way?.result, way?.steps.length]).toEqual([result, 1]);
          expect(way).toBeDefined();
        }
      }
    }),
    RUNS,
  );
});

test("the statements that decide are enough, and without any of them the answer is another", () => {
  let judged = 0;
  fc.assert(
    fc.property(randomEstate, randomContext, randomSession, (estate, context, sessionName) => {
      // One permission is needed: a source identity and tags need others, which may share statements.
      const one = { ...context, sourceIdentity: undefined, sessionTags: undefined };
      for (const role of rolesOf(estate)) {
        for (const identity of estate.identities.values()) {
          const result = (places?: readonly DecidingPlace[], without?: DecidingPlace) => {
            const keep = (document: PolicyDocument, policy: string, holder: string) =>
              places === undefined ? document : reduced(document, policy, holder, places, without);
            const caller = callerOf(identity);
            const { permissionsBoundary: boundary } = identity;
            return decideOn({
              caller: {
                ...caller,
                sessionName,
                identityPolicies: caller.identityPolicies.map(({ name, document }) => ({
                  name,
                  document: document && keep(document, name, identity.arn),
                })),
                permissionsBoundary:
                  typeof boundary === "object"
                    ? keep(boundary, "permissions boundary", identity.arn)
                    : boundary,
              },
              identity,
              action: "sts:AssumeRole",
              target: {
                kind: "role",
                role: {
                  ...role,
                  trustPolicy:
                    typeof role.trustPolicy === "object"
                      ? keep(role.trustPolicy, "trust policy", role.arn)
                      : role.trustPolicy,
                },
              },
              context: { ...one, organizationId: identity.organizationId },
            });
          };
          const decided = result();
          if (decided.result !== "allowed") continue;
          judged += 1;
          expect(result(decided.places).result).toBe("allowed");
          for (const place of decided.places) {
            expect(result(decided.places, place).result).not.toBe("allowed");
          }
        }
      }
    }),
    RUNS,
  );
  expect(judged).toBeGreaterThan(50);
});

/** The document without the allowing statements that do not decide; `without`: this one of them too. */
function reduced(
  document: PolicyDocument,
  policy: string,
  holder: string,
  places: readonly DecidingPlace[],
  without: DecidingPlace | undefined,
): PolicyDocument {
  const decides = places.filter(
    (place) => place !== without && place.policy === policy && place.holder === holder,
  );
  const Statement = asArray(document.Statement).map((statement, index) =>
    statement.Effect === "Deny" || decides.some((place) => place.statement === index)
      ? statement
      : { ...statement, Action: "other:Action", NotAction: undefined },
  );
  return { ...document, Statement };
}
