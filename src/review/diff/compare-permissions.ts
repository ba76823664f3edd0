import { accountPrincipalArn, tryParseIamArn, type Partition } from "../../iam/arn";
import { mayDo } from "../../estate/question";
import { callerOf } from "../../estate/caller-of";
import type { Identity } from "../../estate/estate";
import { asArray, policyDocument } from "../../iam/policy-document";
import type { TargetResource } from "../../iam/evaluation/request";
import { displayName } from "../display-name";
import type { ChangedIdentity } from "./changed-identities";
import type { Comparing } from "./comparing";
import type { Side } from "./compare-requests";
import type { Difference } from "./difference";
import { isOfAws, samePolicies } from "./holder-policies";
import { judgeSuspect, type SuspectDifference } from "./judge-suspect";
import { MOST_SAMPLES, permissionSamples, type PermissionSample } from "./permission-samples";
import type { Suspect } from "./suspect";

/**
 * What a role or user may do on one side and not on the other, whatever it is done to takes part in it:
 * each action and resource that the differing parts of its policies name, judged with all its policies
 * and its boundary. Policies of AWS are told by name. `roles`: ARNs at which assuming is judged by who
 * gets in, and not here.
 */
export function comparePermissions(
  { accounts, observe }: Comparing,
  changed: ChangedIdentity,
  roles: ReadonlySet<string>,
): readonly Difference[] {
  const { arn, before, after } = changed;
  // What one that is gone could do is gone with it: who could come to be it is told.
  if (after === undefined) return [];
  const who = { principal: arn, label: displayName(arn, accounts) };
  const suspect: Suspect = { who, kind: after.kind, arn, accountId: after.accountId };
  const common = { who, kind: "permission", targetLabel: "", origins: [after.origin] } as const;
  const found: Difference[] = [...managed(changed, common)];
  const judgedElsewhere = after.defined ? roles : NO_ROLES;
  const { samples, complete } = permissionSamples(changed, judgedElsewhere, accounts);
  const limit = limitAlone(changed);
  let isLimitUnread = false;
  for (const sample of samples) {
    const { action, resource } = sample;
    const target = inOwnAccount(after, resource);
    const side = (identity: Identity | undefined): Side => ({
      caller: identity === undefined ? undefined : callerOf(identity),
      resource: target,
      grants: [],
      organizationId: identity?.organizationId,
    });
    const question = mayDo(action, target);
    const sides = [side(before), side(after)] as const;
    for (const each of judgeSuspect(suspect, question, ...sides, observe)) {
      if (each.direction !== "undecided") {
        found.push(permission(common, sample, each));
        continue;
      }
      if (limit !== undefined) {
        isLimitUnread = true;
        continue;
      }
      const told = sides.some(hasAws)
        ? besidesAws((judged) => judgeSuspect(suspect, question, ...judged, observe), sides)
        : undefined;
      for (const one of told?.found ?? [each]) {
        found.push(permission(common, sample, one, told?.note));
      }
    }
  }
  if (limit !== undefined && isLimitUnread) {
    found.push({ ...common, ...limit, rest: "" });
  }
  if (!complete) {
    found.push({
      ...common,
      direction: "undecided",
      verb: "may gain or lose more than is told",
      rest: `: the policies differ in more than ${MOST_SAMPLES} actions on resources, and no more than these are compared`,
    });
  }
  return found;
}

/**
 * What a permissions boundary does that comes or goes and is all that differs: it takes, and gives
 * nothing, so that the direction is known even where it cannot be told what it or the policies allow.
 */
function limitAlone({
  before,
  after,
  was,
  is,
}: ChangedIdentity): Pick<Difference, "direction" | "verb"> | undefined {
  const comes = is.boundary !== undefined;
  if (before === undefined || after === undefined || comes === (was.boundary !== undefined)) {
    return undefined;
  }
  if (!samePolicies({ ...was, boundary: is.boundary }, is)) return undefined;
  return comes
    ? { direction: "narrowed", verb: "may no longer do what a permissions boundary does not allow" }
    : { direction: "widened", verb: "may now do what a permissions boundary did not allow" };
}

function unlessAws(direction: Difference["direction"]): string {
  return ` unless an AWS managed policy ${direction === "narrowed" ? "allows it still" : "allowed it already"}`;
}

/** What differs by a principal's other policies. `note`: what that leaves to those of AWS. */
interface BesidesAws {
  readonly found: readonly SuspectDifference[];
  readonly note: (direction: Difference["direction"]) => string;
}

/**
 * AWS's policies are known for some actions alone. Were they to allow nothing, what others allow is told;
 * were they to allow everything, what others deny. Undefined where neither tells the sides apart.
 */
function besidesAws(
  judge: (sides: readonly [Side, Side]) => readonly SuspectDifference[],
  [before, after]: readonly [Side, Side],
): BesidesAws | undefined {
  const ways = [
    { ofAws: [], note: unlessAws },
    { ofAws: [ALLOWS_ALL], note: () => " as far as an AWS managed policy allows it" },
  ] as const;
  for (const { ofAws, note } of ways) {
    const found = judge([withAws(before, ofAws), withAws(after, ofAws)]);
    if (found.length > 0) return { found, note };
  }
  return undefined;
}

const ALLOWS_ALL = {
  name: "AWS managed policies",
  document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
};

function hasAws({ caller }: Side): boolean {
  return caller?.identityPolicies.some(({ name }) => isOfAws(name)) === true;
}

/** A principal with other policies in place of those of AWS, where it has any. */
function withAws(side: Side, ofAws: readonly (typeof ALLOWS_ALL)[]): Side {
  const { caller } = side;
  if (caller === undefined || !hasAws(side)) return side;
  const own = caller.identityPolicies.filter(({ name }) => !isOfAws(name));
  return { ...side, caller: { ...caller, identityPolicies: [...own, ...ofAws] } };
}

/** Who exists already gets in by policies that no stack has: then what is told is its permission. */
const NO_ROLES: ReadonlySet<string> = new Set();

type Common = Pick<Difference, "who" | "kind" | "targetLabel" | "origins">;

function permission(
  common: Common,
  { shown, where }: PermissionSample,
  { direction, kind, clauses, evidence }: SuspectDifference,
  note: (direction: Difference["direction"]) => string = () => "",
): Difference {
  const verbs = {
    gains: "may now do",
    loses: "may no longer do",
    conditions: "may do",
    "cannot tell": "may or may not do",
  };
  return {
    ...common,
    direction,
    verb: verbs[kind],
    action: shown,
    targetLabel: where,
    rest:
      kind === "cannot tell"
        ? ": it cannot be told whether that changes"
        : clauses.map((clause) => ` ${clause}`).join(",") + note(direction),
    evidence,
  };
}

/** Whole policies that come and go, but where everything is allowed anyway. */
function managed(
  { was, is, before, after }: ChangedIdentity,
  common: Common,
): readonly Difference[] {
  const told = (
    names: readonly string[],
    direction: "widened" | "narrowed",
    verb: string,
  ): readonly Difference[] =>
    names.map((name) => ({
      ...common,
      direction: isOfAws(name) ? direction : "undecided",
      verb: `${verb} what the ${isOfAws(name) ? "AWS managed policy" : "policy"} ${shortName(name)} allows`,
      rest: isOfAws(name) ? "" : ", which cannot be read",
    }));
  const gained = is.whole.filter((name) => !was.whole.includes(name));
  const lost = was.whole.filter((name) => !is.whole.includes(name));
  return [
    ...(before !== undefined && mayAll(before) ? [] : told(gained, "widened", "may now do")),
    ...(after !== undefined && mayAll(after) ? [] : told(lost, "narrowed", "may no longer do")),
  ];
}

function mayAll({ policies, permissionsBoundary }: Identity): boolean {
  return (
    permissionsBoundary === undefined &&
    policies.some(({ document }) =>
      asArray(document?.Statement).some(
        ({ Effect, Action, Resource, Condition }) =>
          Effect === "Allow" && Action === "*" && Resource === "*" && Condition === undefined,
      ),
    )
  );
}

function shortName(name: string): string {
  return name.replace(/^.*:policy\//, "");
}

/**
 * As something of the identity's own account whose policy leaves it to identity policies: so these alone
 * decide.
 */
function inOwnAccount({ arn, accountId }: Identity, resource: string): TargetResource {
  const partition = (tryParseIamArn(arn)?.partition ?? "aws") as Partition;
  const made = resource === "*" ? `arn:${partition}:any:::other` : resource;
  const policy = policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: accountPrincipalArn(partition, accountId) },
      Action: "*",
      Resource: "*",
    },
  ]);
  return { arn: made, accountId, policy };
}
