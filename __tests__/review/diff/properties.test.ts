import fc from "fast-check";
import type { Estate } from "../../../src/estate/estate";
import { evaluateAssumeRole } from "../../../src/iam/evaluation/evaluate-assume-role";
import type { TargetResource } from "../../../src/iam/evaluation/request";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import type { Compared, Side } from "../../../src/review/diff/compare-requests";
import type { EstateDiff } from "../../../src/review/diff/difference";
import { callerOn, type Suspect } from "../../../src/review/diff/suspect";
import { simulateAccess } from "../../iam/evaluation/simulator";
import { randomPair, randomRequest, type RandomRequest } from "./random-pair";

interface Seen {
  readonly compared: Compared;
  readonly before: Side;
  readonly after: Side;
  readonly suspect: Suspect;
}

function compare(before: Estate, after: Estate): { diff: EstateDiff; seen: readonly Seen[] } {
  const seen: Seen[] = [];
  const diff = compareEstates(before, after, {
    observe: (compared, was, is, suspect) =>
      seen.push({ compared, before: was, after: is, suspect }),
  });
  return { diff, seen };
}

/** What the independent implementation says of one side; nobody who is not there is let in. */
async function simulated(side: Side, { compared }: Seen): Promise<boolean> {
  const { caller, resource } = side;
  if (caller === undefined || resource === undefined) return false;
  const { action: asked, context } = compared.request;
  const action = REAL_ACTIONS.get(asked) ?? asked;
  // The simulator wants a session's name.
  const who =
    caller.kind === "role" ? { ...caller, sessionName: caller.sessionName ?? "session" } : caller;
  return simulateAccess({ caller: who, action, resource: realResource(action, resource), context });
}

/** For actions that stand for all that a pattern covers: the simulator takes real ones alone. */
const REAL_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["s3:x", "s3:AbortMultipartUpload"],
  ["any:action", "dynamodb:PutItem"],
]);

/** A resource that stands for all: one of the kind that the action takes. */
function realResource(action: string, resource: TargetResource): TargetResource {
  if (resource.arn !== "arn:aws:any:::other") return resource;
  const { accountId } = resource;
  const arn = action.startsWith("sts:")
    ? `arn:aws:iam::${accountId}:role/other`
    : `arn:aws:dynamodb:eu-west-1:${accountId}:table/other`;
  return { ...resource, arn };
}

/** What the evaluator says of a request that nobody chose, on one side. */
function resultOn(side: Estate, other: Estate, request: RandomRequest): string {
  const { roleArn, arn, context } = request;
  const role = side.identities.get(roleArn);
  const who = { principal: arn, label: arn };
  const kind = arn.includes(":user/") ? "user" : "role";
  const suspect: Suspect = { who, kind, arn, accountId: arn.split(":")[4] };
  const caller = callerOn(suspect, side, other);
  if (role === undefined || caller === undefined) return "denied";
  const { accountId, trustPolicy = "unknown" } = role;
  return evaluateAssumeRole({ caller, role: { arn: roleArn, accountId, trustPolicy }, context })
    .result;
}

describe("what a change does to access, on random pairs of estates", () => {
  it("is widened, or narrowed, exactly when the independent implementation lets in one of the requests on one side alone", async () => {
    const counts = { widened: 0, narrowed: 0, neither: 0, requests: 0 };
    await fc.assert(
      fc.asyncProperty(randomPair, async ([before, after]) => {
        const { diff, seen } = compare(before, after);
        let widened = false;
        let narrowed = false;
        let unknown = false;
        for (const one of seen) {
          // A rule that AWS does not document: nothing is claimed.
          if (one.compared.before === "unknown" || one.compared.after === "unknown") {
            unknown = true;
            continue;
          }
          const [was, is] = [await simulated(one.before, one), await simulated(one.after, one)];
          widened ||= !was && is;
          narrowed ||= was && !is;
          counts.requests += 1;
        }
        const directions = new Set(diff.differences.map(({ direction }) => direction));
        expect({
          widened: directions.has("widened"),
          narrowed: directions.has("narrowed"),
        }).toEqual({
          widened,
          narrowed,
        });
        if (!unknown) expect(directions.has("undecided")).toBe(false);
        counts[widened ? "widened" : narrowed ? "narrowed" : "neither"] += 1;
      }),
      { numRuns: 40, seed: 20261126 },
    );
    expect(counts.widened).toBeGreaterThan(5);
    expect(counts.neither).toBeGreaterThan(2);
  });

  it("is never without a sentence for a request that is allowed on one side alone", () => {
    fc.assert(
      fc.property(
        randomPair,
        fc.array(randomRequest, { minLength: 40, maxLength: 40 }),
        (pair, tries) => {
          const [before, after] = pair;
          const directions = new Set(
            compareEstates(before, after).differences.map(({ direction }) => direction),
          );
          if (directions.has("undecided")) return;
          for (const one of tries) {
            const [was, is] = [resultOn(before, after, one), resultOn(after, before, one)];
            if (was === "denied" && is === "allowed") expect(directions).toContain("widened");
            if (was === "allowed" && is === "denied") expect(directions).toContain("narrowed");
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is nothing for an estate and itself, read twice", () => {
    fc.assert(
      fc.property(randomPair, ([estate]) => {
        const again = structuredClone(estate);
        const { diff } = compare(estate, again);
        expect(diff).toEqual({ differences: [], replaced: [], unchanged: [], requests: 0 });
      }),
      { numRuns: 100 },
    );
  });

  it("is its own mirror image", () => {
    const mirror = { widened: "narrowed", narrowed: "widened", undecided: "undecided" } as const;
    const sayings = (
      { differences }: EstateDiff,
      turn: (d: keyof typeof mirror) => string,
    ): unknown =>
      differences
        .filter(({ kind }) => kind === "access" || kind === "condition")
        .map(({ direction, kind, who, target }) =>
          [turn(direction), kind, who.principal, who.label, target].join(" "),
        )
        .sort();
    fc.assert(
      fc.property(randomPair, ([before, after]) => {
        const there = sayings(compareEstates(before, after), (direction) => direction);
        const back = sayings(compareEstates(after, before), (direction) => mirror[direction]);
        expect(back).toEqual(there);
      }),
      { numRuns: 150 },
    );
  });
});
