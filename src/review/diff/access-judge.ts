import type { Estate, KeyGrant } from "../../estate/estate";
import type { TargetResource } from "../../iam/evaluation/request";
import { asArray, type Statement } from "../../iam/policy-document";
import { mayAssume, mayDo, type Question } from "../../estate/question";
import type { ChangedIdentity } from "./changed-identities";
import type { Side } from "./compare-requests";
import type { Comparing } from "./comparing";
import type { Difference } from "./difference";
import { actionsOf, granteeOf, grantsOf, grantStatement } from "./key-grants";
import { judgeSuspect, type SuspectDifference } from "./judge-suspect";
import { isRoleOrUser, madeAgain, pinned } from "./made-again";
import type { PolicyAtom } from "./policy-atoms";
import { callerOn, standsForOthers, suspectKey, type Suspect } from "./suspect";
import { Suspects } from "./suspects";
import {
  isRole,
  originsOf,
  policyOf,
  questionsOf,
  targetResource,
  type Asked,
  type Target,
  type TargetPair,
} from "./target";
import { targetName } from "./target-name";

/** Judges who gets in on both sides, each principal at each target once. */
export class AccessJudge {
  readonly differences: Difference[] = [];
  private readonly suspects: Suspects;
  private readonly judged = new Set<string>();
  /** What is told of those who stand for all others of an account. */
  private readonly ofOthers = new Set<string>();
  private readonly organizations = new Map<Estate, Organizations>();

  constructor(private readonly comparing: Comparing) {
    const { before, after, accounts } = comparing;
    this.suspects = new Suspects([before, after], accounts);
  }

  /** A target whose policy differs, for those of whom the differing atoms speak. */
  target(pair: TargetPair, atoms: readonly PolicyAtom[]): void {
    const { before, after, target } = pair;
    const isThere = before !== undefined && after !== undefined;
    // With a target that comes or goes, only what it allows comes or goes.
    const telling = isThere ? atoms : atoms.filter(({ statement }) => statement.Effect === "Allow");
    const differing = telling.map(({ statement }) => statement);
    const statements = [
      ...differing,
      // A denial takes from whomever another statement lets in.
      ...(differing.some(({ Effect }) => Effect === "Deny") ? allowing(pair) : []),
      ...(isRole(target) || !isThere ? [] : [ownerStatement(target)]),
    ];
    for (const asked of questionsOf(pair, telling)) this.ask(pair, asked, statements);
  }

  /** A key whose grants differ, for those whom they are for. */
  grant(pair: TargetPair, grant: KeyGrant): void {
    const { target } = pair;
    for (const action of actionsOf(grant)) {
      const question = mayDo(action, targetResource(target));
      const statement = grantStatement(grant, question);
      if (statement !== undefined) {
        this.ask(pair, { question, action, arn: target.arn, grant }, [statement]);
      }
    }
  }

  /** A role or user whose own policies differ, at a role that may let it in. */
  identity(pair: TargetPair, { before, after }: ChangedIdentity): void {
    const { target } = pair;
    const identity = after ?? before;
    if (!isRole(target) || identity === undefined) return;
    for (const suspect of this.suspects.identity(identity)) {
      this.judge(pair, { question: mayAssume(target), arn: target.arn }, suspect);
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

  private ask(pair: TargetPair, asked: Asked, statements: readonly Statement[]): void {
    for (const suspect of this.suspects.of(statements, asked.question)) {
      this.judge(pair, asked, suspect);
    }
  }

  private judge(pair: TargetPair, asked: Asked, suspect: Suspect): void {
    const { question } = asked;
    const { arn } = question.resource;
    const key = `${question.kind} ${arn} ${suspectKey(suspect)}`;
    if (this.judged.has(key)) return;
    this.judged.add(key);
    const sides = this.sides(pair, asked, suspect);
    const found = judgeSuspect(suspect, question, ...sides, this.comparing.observe);
    for (const each of found) {
      if (!this.isToldOfOthers(question, suspect, each)) this.add(pair, asked, suspect, each);
    }
    if (found.length > 0 || pair.before === undefined || pair.after === undefined) return;
    const again = madeAgain(suspect);
    if (again === undefined) return;
    const [before, after] = this.sides(pair, asked, again).map(pinnedSide);
    // Named by their accounts alone they are let in as those whom they replace are.
    const isSame = [before, after].every(
      ({ resource }, index) => resource?.policy === sides[index].resource?.policy,
    );
    if (isSame) return;
    for (const each of judgeSuspect(again, question, before, after, this.comparing.observe)) {
      this.addMadeAgain(pair, asked, suspect, each);
    }
  }

  /** Whether a root user gains or loses what others of its account do: these are told of alone. */
  private isToldOfOthers(
    { kind, resource: { arn } }: Question,
    suspect: Suspect,
    { direction, clauses }: SuspectDifference,
  ): boolean {
    const key = JSON.stringify([kind, arn, suspect.accountId, direction, clauses]);
    if (suspect.kind === "root") return this.ofOthers.has(key);
    if (standsForOthers(suspect)) this.ofOthers.add(key);
    return false;
  }

  private sides(
    pair: TargetPair,
    {
      question: {
        resource: { arn },
      },
      grant,
    }: Asked,
    suspect: Suspect,
  ): readonly [Side, Side] {
    const { before, after } = this.comparing;
    const side = (target: Target | undefined, own: Estate, other: Estate): Side => ({
      caller: callerOn(suspect, own, other),
      resource: target && (grant ? readable : targetResource)(target, arn),
      grants: grantsOf(target),
      organizationId: this.organizationOf(suspect),
    });
    return [side(pair.before, before, after), side(pair.after, after, before)];
  }

  /**
   * All of an account are in its organization, where both sides say the same of it. Where they do not
   * it is open, so that what depends on it is told.
   */
  private organizationOf({ accountId = "" }: Suspect): string | undefined {
    const { before, after } = this.comparing;
    const [was, is] = [before, after].map((estate) => {
      const known = this.organizations.get(estate) ?? organizationsOf(estate);
      this.organizations.set(estate, known);
      return known;
    });
    const saysBoth = was.has(accountId) && is.has(accountId);
    if (saysBoth && was.get(accountId) !== is.get(accountId)) return undefined;
    return is.get(accountId) ?? was.get(accountId);
  }

  private add(
    pair: TargetPair,
    asked: Asked,
    suspect: Suspect,
    { direction, kind, clauses, evidence }: SuspectDifference,
  ): void {
    const what = asked.action === undefined ? "assume" : "do";
    const verbs = {
      gains: `can now ${what}`,
      loses: `can no longer ${what}`,
      conditions: `can ${what}`,
      "cannot tell": `may or may not ${what}`,
    };
    this.differences.push({
      ...this.common(pair, asked, suspect),
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
    asked: Asked,
    suspect: Suspect,
    { direction, evidence }: SuspectDifference,
  ): void {
    if (direction === "undecided") return;
    const what = asked.action === undefined ? "assume" : "do";
    const kind = suspect.kind === "user" ? "user" : "role";
    const { principal, label } = suspect.who;
    const who = { principal, label: `${label} (if deleted and made again)` };
    this.differences.push({
      ...this.common(pair, asked, { ...suspect, who }),
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
    { action, arn, grant }: Asked,
    { who }: Suspect,
  ): Pick<Difference, "who" | "action" | "target" | "targetLabel" | "origins"> {
    const { accounts } = this.comparing;
    return {
      who,
      ...(action !== undefined && { action }),
      target: arn,
      targetLabel: targetName(arn, accounts),
      origins: grant === undefined ? originsOf(pair) : [grant.origin],
    };
  }
}

/** What a policy says that cannot be read is the same for those to whom a grant is given or not. */
function readable(target: Target, arn: string): TargetResource {
  const resource = targetResource(target, arn);
  return resource.policy === "unknown" ? { ...resource, policy: undefined } : resource;
}

/** As AWS keeps it, grants too. */
function pinnedSide(one: Side): Side {
  const grants = one.grants.filter(({ granteePrincipal }) => !isRoleOrUser(granteePrincipal));
  const side = { ...one, grants };
  const { resource } = side;
  if (typeof resource?.policy !== "object") return side;
  const policy = pinned(resource.policy);
  return policy === resource.policy ? side : { ...side, resource: { ...resource, policy } };
}

/** What the policies of both sides allow, and grants. */
function allowing({ before, after }: TargetPair): readonly Statement[] {
  return [before, after].flatMap((target) => {
    const policy = policyOf(target);
    const statements = typeof policy === "object" ? asArray(policy.Statement) : [];
    const granted = grantsOf(target).map((grant): Statement => ({
      Effect: "Allow",
      Principal: granteeOf(grant),
    }));
    return [...statements.filter(({ Effect }) => Effect === "Allow"), ...granted];
  });
}

/** Denials bear on the principals of the owning account too, whom no policy of the resource names. */
function ownerStatement({ accountId }: Target): Statement {
  return { Effect: "Allow", Principal: { AWS: accountId } };
}

/** By account ID; undefined for an account of none, or of one that is not known. */
type Organizations = ReadonlyMap<string, string | undefined>;

function organizationsOf({ identities }: Estate): Organizations {
  return new Map(
    [...identities.values()].map(({ accountId, organizationId }) => [accountId, organizationId]),
  );
}
