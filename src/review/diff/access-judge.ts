import type { Estate } from "../../estate/estate";
import { mayAssume, type Question } from "../../estate/question";
import type { ChangedIdentity } from "./changed-identities";
import type { Side } from "./compare-requests";
import type { Comparing } from "./comparing";
import type { Difference } from "./difference";
import { judgeSuspect, type SuspectDifference } from "./judge-suspect";
import { madeAgain, pinned } from "./made-again";
import type { PolicyAtom } from "./policy-atoms";
import { callerOn, suspectKey, type Suspect } from "./suspect";
import { Suspects } from "./suspects";
import {
  isRole,
  originsOf,
  policyOf,
  questionsOf,
  targetResource,
  type Target,
  type TargetPair,
} from "./target";
import { targetName } from "./target-name";

/** Judges who gets in on both sides, each principal at each target once. */
export class AccessJudge {
  readonly differences: Difference[] = [];
  private readonly suspects: Suspects;
  private readonly judged = new Set<string>();
  private readonly organizations = new Map<Estate, ReadonlyMap<string, string>>();

  constructor(private readonly comparing: Comparing) {
    const { before, after, accounts } = comparing;
    this.suspects = new Suspects([before, after], accounts);
  }

  /** A target whose policy differs, for those of whom the differing atoms speak. */
  target(pair: TargetPair, atoms: readonly PolicyAtom[]): void {
    const { target } = pair;
    const statements = atoms.map(({ statement }) => statement);
    const owner = ownerStatement(target);
    for (const question of questionsOf(pair, atoms)) {
      const all = isRole(target) ? statements : [...statements, owner];
      for (const suspect of this.suspects.of(all, question)) this.judge(pair, question, suspect);
    }
  }

  /** A role or user whose own policies differ, at a role that may let it in. */
  identity(pair: TargetPair, { before, after }: ChangedIdentity): void {
    const { target } = pair;
    const identity = after ?? before;
    if (!isRole(target) || identity === undefined) return;
    for (const suspect of this.suspects.identity(identity)) {
      this.judge(pair, mayAssume(target), suspect);
    }
  }

  /** A target whose policy cannot be read on one side, and is not the same on the other. */
  unreadable(pair: TargetPair): void {
    const { before, after, target } = pair;
    // One that is not defined here, before or after, has a policy that others look after.
    if (before === undefined || after === undefined) return;
    this.differences.push({
      direction: "undecided",
      kind: "reading",
      who: { principal: "*", label: "whoever" },
      target: target.arn,
      targetLabel: targetName(target.arn, this.comparing.accounts),
      verb: "may be let in, or kept out, by the policy of",
      rest: `: it cannot be read ${policyOf(after) === "unknown" ? "any more" : "before the change"}`,
      origins: originsOf(pair),
    });
  }

  private judge(pair: TargetPair, question: Question, suspect: Suspect): void {
    const { arn } = question.resource;
    const key = `${question.kind} ${arn} ${suspectKey(suspect)}`;
    if (this.judged.has(key)) return;
    this.judged.add(key);
    const sides = this.sides(pair, question, suspect);
    const found = judgeSuspect(suspect, question, ...sides, this.comparing.observe);
    for (const each of found) this.add(pair, question, suspect, each);
    if (found.length > 0 || pair.before === undefined || pair.after === undefined) return;
    const again = madeAgain(suspect);
    if (again === undefined) return;
    const [before, after] = this.sides(pair, question, again).map(pinnedSide);
    // Named by their accounts alone they are let in as those whom they replace are.
    const isSame = [before, after].every(
      ({ resource }, index) => resource?.policy === sides[index].resource?.policy,
    );
    if (isSame) return;
    for (const each of judgeSuspect(again, question, before, after, this.comparing.observe)) {
      this.addMadeAgain(pair, question, suspect, each);
    }
  }

  private sides(
    pair: TargetPair,
    { resource: { arn } }: Question,
    suspect: Suspect,
  ): readonly [Side, Side] {
    const { before, after } = this.comparing;
    const side = (target: Target | undefined, own: Estate, other: Estate): Side => ({
      caller: callerOn(suspect, own, other),
      resource: target === undefined ? undefined : targetResource(target, arn),
      organizationId: this.organizationOf(own, suspect),
    });
    return [side(pair.before, before, after), side(pair.after, after, before)];
  }

  /** All of an account are in its organization. */
  private organizationOf(estate: Estate, { accountId }: Suspect): string | undefined {
    const known = this.organizations.get(estate) ?? organizationsOf(estate);
    this.organizations.set(estate, known);
    return accountId === undefined ? undefined : known.get(accountId);
  }

  private add(
    pair: TargetPair,
    question: Question,
    suspect: Suspect,
    { direction, kind, clauses, evidence }: SuspectDifference,
  ): void {
    const what = question.kind === "assume" ? "assume" : "do";
    const verbs = {
      gains: `can now ${what}`,
      loses: `can no longer ${what}`,
      conditions: `can ${what}`,
      "cannot tell": `may or may not ${what}`,
    };
    this.differences.push({
      ...this.common(pair, question, suspect),
      direction,
      kind: kind === "conditions" ? "condition" : "access",
      verb: verbs[kind],
      rest:
        kind === "cannot tell"
          ? ": it cannot be told whether that changes"
          : clauses.map((clause) => ` ${clause}`).join(","),
      evidence,
    });
  }

  private addMadeAgain(
    pair: TargetPair,
    question: Question,
    suspect: Suspect,
    { direction, evidence }: SuspectDifference,
  ): void {
    if (direction === "undecided") return;
    const what = question.kind === "assume" ? "assume" : "do";
    const kind = suspect.kind === "user" ? "user" : "role";
    const { principal, label } = suspect.who;
    const who = { principal, label: `${label} (if deleted and made again)` };
    this.differences.push({
      ...this.common(pair, question, { ...suspect, who }),
      direction,
      kind: "condition",
      verb: direction === "widened" ? `can now ${what}` : `can no longer ${what}`,
      rest:
        direction === "widened"
          ? `: the policy does not name this very ${kind} any more`
          : `: the policy names this very ${kind} now`,
      evidence,
    });
  }

  private common(
    pair: TargetPair,
    { kind, action, resource: { arn } }: Question,
    { who }: Suspect,
  ): Pick<Difference, "who" | "action" | "target" | "targetLabel" | "origins"> {
    const { accounts } = this.comparing;
    return {
      who,
      ...(kind !== "assume" && { action }),
      target: arn,
      targetLabel: targetName(arn, accounts),
      origins: originsOf(pair),
    };
  }
}

function pinnedSide(side: Side): Side {
  const { resource } = side;
  if (typeof resource?.policy !== "object") return side;
  const policy = pinned(resource.policy);
  return policy === resource.policy ? side : { ...side, resource: { ...resource, policy } };
}

/** Denials bear on the principals of the owning account too, whom no policy of the resource names. */
function ownerStatement({ accountId }: Target): PolicyAtom["statement"] {
  return { Effect: "Allow", Principal: { AWS: accountId } };
}

function organizationsOf({ identities }: Estate): ReadonlyMap<string, string> {
  return new Map(
    [...identities.values()].flatMap(({ accountId, organizationId }) =>
      organizationId === undefined ? [] : [[accountId, organizationId] as const],
    ),
  );
}
