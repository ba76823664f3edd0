import { ASSUMING_ACTIONS } from "../../iam/judged-actions";
import { hasWildcard, matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../../iam/policy-document";
import type { ChangedIdentity } from "./changed-identities";
import { atomsBesides } from "./policy-atoms";
import { list } from "../list";
import { targetName } from "./target-name";
import { filled } from "../filled-pattern";

/** One action on one resource, of which two sides' policies may say different things. */
export interface PermissionSample {
  readonly action: string;
  readonly resource: string;
  /** The action as the policy has it: `s3:Get*`. */
  readonly shown: string;
  /** The resource as the policy has it. */
  readonly where: string;
}

/** What is compared of the permissions of a role or user. */
export interface PermissionSamples {
  /** Distinct, `MOST_SAMPLES` at most. */
  readonly samples: readonly PermissionSample[];
  /** Whether there are no more. */
  readonly complete: boolean;
}

/** Of one role or user no more are compared. */
export const MOST_SAMPLES = 400;

/**
 * Actions on resources that tell the policies of a role or user apart: those that the differing parts
 * name or except, and where these cover many, what other parts of the policies single out among them.
 * `roles`: ARNs at which assuming is judged elsewhere.
 */
export function permissionSamples(
  changed: Pick<ChangedIdentity, "was" | "is">,
  roles: ReadonlySet<string>,
  accounts: ReadonlyMap<string, string>,
): PermissionSamples {
  const found = new Map<string, PermissionSample>();
  for (const sample of allSamples(changed, accounts)) {
    const key = `${sample.action.toLowerCase()} ${sample.resource}`;
    if (found.has(key) || isJudgedElsewhere(sample, roles)) continue;
    if (found.size === MOST_SAMPLES) return { samples: [...found.values()], complete: false };
    found.set(key, sample);
  }
  return { samples: [...found.values()], complete: true };
}

function* allSamples(
  { was, is }: Pick<ChangedIdentity, "was" | "is">,
  accounts: ReadonlyMap<string, string>,
): Generator<PermissionSample> {
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
  for (const statement of [...differing, ...wide]) {
    for (const other of isPlain(statement) ? [statement] : [statement, ...others]) {
      for (const part of partsOf(statement)) {
        for (const otherPart of partsOf(other)) {
          const sample = overlap(part, otherPart, accounts);
          if (sample !== undefined) yield sample;
        }
      }
    }
  }
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

/** Patterns of actions and of resources of which a statement says the same. */
interface Part {
  readonly action: string;
  readonly resource: string;
  /** Of `*`: what the statement leaves out of it. */
  readonly exceptActions: readonly string[];
  readonly exceptResources: readonly string[];
}

/** What a statement covers, and each thing that it excepts. */
function* partsOf({ Action, NotAction, Resource, NotResource }: Statement): Generator<Part> {
  const [exceptActions, exceptResources] = [asArray(NotAction), asArray(NotResource)];
  for (const action of [asArray(Action)[0] ?? "*", ...exceptActions]) {
    for (const resource of [asArray(Resource)[0] ?? "*", ...exceptResources]) {
      yield { action, resource, exceptActions, exceptResources };
    }
  }
}

/** The narrower of two parts' actions and resources, where one lies within the other. */
function overlap(
  one: Part,
  other: Part,
  accounts: ReadonlyMap<string, string>,
): PermissionSample | undefined {
  const action = narrower(one.action, other.action, true);
  const resource = narrower(one.resource, other.resource, false);
  if (action === undefined || resource === undefined) return undefined;
  return {
    action: action === "*" ? "any:action" : filled(action),
    resource: resource === "*" ? "*" : filled(resource),
    shown: action === "*" ? everythingBut(one.exceptActions, other.exceptActions) : action,
    where:
      resource === "*"
        ? everythingBut(
            ...[one, other].map(({ exceptResources }) =>
              exceptResources.map((arn) => targetName(arn, accounts)),
            ),
          )
        : targetName(resource, accounts),
  };
}

function everythingBut(...excepted: readonly (readonly string[])[]): string {
  const names = [...new Set(excepted.flat())];
  if (names.length === 0) return "everything";
  return `everything but ${names.length > MOST_NAMES ? `${names.length} others` : list(names, MOST_NAMES)}`;
}

/** Exceptions that stand in a sentence. */
const MOST_NAMES = 8;

function narrower(one: string, other: string, ignoreCase: boolean): string | undefined {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  if (matchesPattern(parsePattern(fold(one)), filled(fold(other)))) return other;
  return matchesPattern(parsePattern(fold(other)), filled(fold(one))) ? one : undefined;
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
