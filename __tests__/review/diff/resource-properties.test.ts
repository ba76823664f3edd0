import fc from "fast-check";
import type { Estate } from "../../../src/estate/estate";
import { evaluateAccess } from "../../../src/iam/evaluation/evaluate-access";
import { mayDo } from "../../../src/estate/question";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import { asGranted } from "../../../src/review/diff/key-grants";
import { randomResourcePair, randomUse, requestOn, type RandomUse } from "./random-resource-pair";

/** What policies and grants of one side say of a request that nobody chose. */
function resultOn(estate: Estate, use: RandomUse, object: string): string | undefined {
  const request = requestOn(estate, use, object);
  if (request === undefined) return undefined;
  const [{ grants }] = estate.resources.values();
  const question = mayDo(request.action, request.resource);
  const results = [
    request,
    ...grants.flatMap((grant) => asGranted(request, grant, question) ?? []),
  ].map((one) => evaluateAccess(one).result);
  return ["allowed", "unknown"].find((result) => results.some((one) => one === result)) ?? "denied";
}

describe("what a change does to resources, on random pairs of policies and grants", () => {
  it("is never without a sentence for a request that is allowed on one side alone", () => {
    const counts = { widened: 0, narrowed: 0 };
    fc.assert(
      fc.property(
        randomResourcePair,
        fc.array(fc.tuple(randomUse, fc.constantFrom("a", "open/a")), {
          minLength: 80,
          maxLength: 80,
        }),
        ([before, after], tries) => {
          const { differences } = compareEstates(before, after);
          const directions = new Set(differences.map(({ direction }) => direction));
          for (const [use, object] of tries) {
            const [was, is] = [resultOn(before, use, object), resultOn(after, use, object)];
            if (was === "denied" && is === "allowed") {
              counts.widened += 1;
              expect(directions).toContain("widened");
            }
            if (was === "allowed" && is === "denied") {
              counts.narrowed += 1;
              expect(directions).toContain("narrowed");
            }
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(Math.min(counts.widened, counts.narrowed)).toBeGreaterThan(100);
  });

  it("is nothing for an estate and itself, read twice", () => {
    fc.assert(
      fc.property(randomResourcePair, ([estate]) => {
        expect(compareEstates(estate, structuredClone(estate))).toMatchObject({
          differences: [],
          unchanged: [],
          requests: 0,
        });
      }),
      { numRuns: 100 },
    );
  });

  it("is its own mirror image", () => {
    const mirror = { widened: "narrowed", narrowed: "widened", undecided: "undecided" } as const;
    const sayings = (one: Estate, other: Estate, turn: boolean): readonly string[] =>
      compareEstates(one, other)
        // Of a root user what others lose too is not told, whatever they needed for it.
        .differences.filter(({ who }) => who.rootUser !== true)
        .map(({ direction, kind, who, target, action }) =>
          [turn ? mirror[direction] : direction, kind, who.label, target, action].join(" "),
        )
        .sort();
    fc.assert(
      fc.property(randomResourcePair, ([before, after]) => {
        expect(sayings(after, before, true)).toEqual(sayings(before, after, false));
      }),
      { numRuns: 200 },
    );
  });
});
