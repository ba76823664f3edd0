import type { Estate, Identity } from "../../estate/estate";
import { asArray } from "../../iam/policy-document";
import { displayName } from "../display-name";
import type { Replacement } from "./difference";
import { holderPolicies } from "./holder-policies";
import { grantsOf } from "./key-grants";
import { namedPrincipals } from "./named-principals";
import { policyAtoms } from "./policy-atoms";
import { rewriteEstate, rewriteText } from "./rewrite-estate";
import { targetName } from "./target-name";
import { originsOf, policyOf, targetPairs } from "./target";

/**
 * Roles and users that Terraform would delete and make anew: under the same address with another name or
 * path, or under another address. One whose name and address both differ is found by its policies: one
 * of the same account that is gone, and one that is new and says the same.
 */
export function replacementsOf(
  before: Estate,
  after: Estate,
  accounts: ReadonlyMap<string, string>,
): readonly Replacement[] {
  const gone = definedOnly(before, after);
  const made = definedOnly(after, before);
  const moved = [...before.identities.values()].flatMap((was) => {
    const is = after.identities.get(was.arn);
    const both = is !== undefined && is.defined && was.defined;
    return both && placeOf(is) !== placeOf(was) ? [{ was, is, because: MOVED }] : [];
  });
  const renamed = gone.flatMap((was) => {
    const is = successorOf(was, gone, made);
    return is === undefined ? [] : [{ was, is, because: becauseOf(was, is) }];
  });
  if (moved.length + renamed.length === 0) return [];
  const naming = namingOf(before);
  return [...moved, ...renamed].map(({ was, is, because }): Replacement => {
    const breaks = naming.get(was.arn) ?? [];
    const shown = (identity: Identity): Replacement["before"] => ({
      arn: identity.arn,
      label: displayName(identity.arn, accounts),
      origin: identity.origin,
    });
    return {
      before: shown(was),
      after: shown(is),
      because,
      breaks: breaks.map(({ arn, origin }) => ({ label: targetName(arn, accounts), origin })),
      stacks: [...new Set(breaks.map(({ origin }) => origin.stack))].sort(),
    };
  });
}

/** The estate with its replaced roles and users under their new names. */
export function renamedEstate(before: Estate, replaced: readonly Replacement[]): Estate {
  const names = new Map(
    replaced
      .filter((one) => one.before.arn !== one.after.arn)
      .map((one) => [one.before.arn, one.after.arn]),
  );
  return names.size === 0 ? before : rewriteEstate(before, names);
}

const MOVED =
  "its Terraform address changed: a plan deletes it and makes it again, unless it is moved in the state";

function becauseOf(was: Identity, is: Identity): string {
  if (was.name !== is.name) return "its name changed";
  return was.path === is.path ? MOVED : "its path changed";
}

function placeOf({ origin }: Identity): string {
  return `${origin.stack} ${origin.address}`;
}

function definedOnly(here: Estate, there: Estate): readonly Identity[] {
  return [...here.identities.values()].filter(
    ({ arn, defined }) => defined && !there.identities.has(arn),
  );
}

function successorOf(
  was: Identity,
  gone: readonly Identity[],
  made: readonly Identity[],
): Identity | undefined {
  const candidates = made.filter(
    ({ kind, accountId }) => kind === was.kind && accountId === was.accountId,
  );
  const there = candidates.find((is) => placeOf(is) === placeOf(was));
  if (there !== undefined) return there;
  const likeIt = candidates.filter((is) => saysTheSame(was, is));
  if (likeIt.length !== 1) return undefined;
  const rivals = gone.filter(
    (other) =>
      other.kind === was.kind && other.accountId === was.accountId && saysTheSame(other, likeIt[0]),
  );
  return rivals.length === 1 ? likeIt[0] : undefined;
}

/** Whether one is the other but for its name. */
function saysTheSame(was: Identity, is: Identity): boolean {
  const names = new Map([[was.arn, is.arn]]);
  return textOf(was, names) === textOf(is, new Map());
}

function textOf(identity: Identity, names: ReadonlyMap<string, string>): string {
  const { trustPolicy } = identity;
  const { atoms, whole, boundary } = holderPolicies(identity);
  const texts = [
    typeof trustPolicy === "object" ? [...policyAtoms(trustPolicy).keys()].sort() : trustPolicy,
    [...atoms.keys()].sort(),
    whole,
    typeof boundary === "object" ? [...boundary.keys()].sort() : boundary,
  ];
  return rewriteText(JSON.stringify(texts), names);
}

/** The roles and resources whose policies name each role or user by its ARN. */
function namingOf(
  estate: Estate,
): ReadonlyMap<string, { arn: string; origin: Identity["origin"] }[]> {
  const found = new Map<string, { arn: string; origin: Identity["origin"] }[]>();
  const add = (named: string, arn: string, origin: Identity["origin"]): void => {
    const known = found.get(named) ?? [];
    known.push({ arn, origin });
    found.set(named, known);
  };
  for (const pair of targetPairs(estate, estate)) {
    const policy = policyOf(pair.after);
    for (const { granteePrincipal, origin } of grantsOf(pair.after)) {
      add(granteePrincipal, pair.arn, origin);
    }
    if (typeof policy !== "object") continue;
    const [origin] = originsOf(pair);
    for (const named of namedPrincipals(asArray(policy.Statement)).arns) {
      add(named, pair.arn, origin);
    }
  }
  return found;
}
