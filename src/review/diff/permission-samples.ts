import { ASSUMING_ACTIONS } from "../../iam/judged-actions";
import { hasWildcard, matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../../iam/policy-document";
import type { ChangedIdentity } from "./changed-identities";
import { atomsBesides } from "./policy-atoms";
import { targetName } from "./target-name";

/** One action on one resource, of which two sides' policies may say different things. */
export interface PermissionSample {
  readonly action: string;
  readonly resource: string;
  /** The action as the policy has it: `s3:Get*`. */
  readonly shown: string;
  /** The resource as the policy has it. */
  readonly where: string;
}

/** More of them are not told one by one. */
const MOST = 400;

/**
 * Actions on resources that tell the policies of a role or user apart: those that the differing parts
 * name, and where these cover many, what other parts of the policies single out among them. `roles`: ARNs
 * at which assuming is judged elsewhere.
 */
export function permissionSamples(
  changed: ChangedIdentity,
  roles: ReadonlySet<string>,
  accounts: ReadonlyMap<string, string>,
): readonly PermissionSample[] {
  const { was, is } = changed;
  const boundaries = [was.boundary, is.boundary].map((boundary) =>
    typeof boundary === "object" ? boundary : new Map<string, never>(),
  );
  const differing = [
    ...atomsBesides(was.atoms, is.atoms),
    ...atomsBesides(is.atoms, was.atoms),
    ...atomsBesides(boundaries[0], boundaries[1]),
    ...atomsBesides(boundaries[1], boundaries[0]),
  ].map(({ statement }) => statement);
  const others = [was.atoms, is.atoms, ...boundaries].flatMap((atoms) =>
    [...atoms.values()].map(({ statement }) => statement),
  );
  // Boundaries that come or go let through, or hold back, whatever the policies allow.
  const wide = (was.boundary === undefined) !== (is.boundary === undefined) ? others : [];
  const found = new Map<string, PermissionSample>();
  for (const statement of [...differing, ...wide]) {
    const plain = isPlain(statement);
    for (const other of plain ? [statement] : [statement, ...others]) {
      const sample = overlap(statement, other, accounts);
      if (sample === undefined || isJudgedElsewhere(sample, roles)) continue;
      const key = `${sample.action.toLowerCase()} ${sample.resource}`;
      if (!found.has(key)) found.set(key, sample);
      if (found.size >= MOST) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** One action on one resource, allowed: nothing within it could be told apart. */
function isPlain({ Effect, Action, Resource }: Statement): boolean {
  return (
    Effect === "Allow" &&
    typeof Action === "string" &&
    typeof Resource === "string" &&
    !hasWildcard(Action)
  );
}

/** The narrower of two statements' actions and resources, where one lies within the other. */
function overlap(
  one: Statement,
  other: Statement,
  accounts: ReadonlyMap<string, string>,
): PermissionSample | undefined {
  const action = narrower(asArray(one.Action)[0] ?? "*", asArray(other.Action)[0] ?? "*", true);
  const resource = narrower(
    asArray(one.Resource)[0] ?? "*",
    asArray(other.Resource)[0] ?? "*",
    false,
  );
  if (action === undefined || resource === undefined) return undefined;
  return {
    action: action === "*" ? "any:action" : filled(action),
    resource: resource === "*" ? "*" : filled(resource),
    shown: action === "*" ? "everything" : action,
    where: resource === "*" ? "everything" : targetName(resource, accounts),
  };
}

function narrower(one: string, other: string, ignoreCase: boolean): string | undefined {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  if (matchesPattern(parsePattern(fold(one)), filled(fold(other)))) return other;
  return matchesPattern(parsePattern(fold(other)), filled(fold(one))) ? one : undefined;
}

function filled(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}|[*?]/g, "x");
}

function isJudgedElsewhere(
  { action, resource }: PermissionSample,
  roles: ReadonlySet<string>,
): boolean {
  return (
    roles.has(resource) &&
    ASSUMING_ACTIONS.some((assuming) => assuming.toLowerCase() === action.toLowerCase())
  );
}
