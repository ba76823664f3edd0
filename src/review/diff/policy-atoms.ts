import { asArray, type PolicyDocument, type Statement } from "../../iam/policy-document";

/** The smallest part of a policy that says something by itself: a statement for one principal and action. */
export interface PolicyAtom {
  /** The same for atoms that say the same, however they are written. */
  readonly key: string;
  readonly statement: Statement;
}

/**
 * A policy taken apart: one atom for each principal, action and resource of each statement, since a list
 * of these means any of them. So order, Sids, repetitions and the way in which a policy is split make no
 * difference. Exceptions (`NotAction`, `NotPrincipal`, `NotResource`) and conditions stay whole.
 *
 * Kept by document object: documents must not be changed.
 */
export function policyAtoms(document: PolicyDocument): ReadonlyMap<string, PolicyAtom> {
  const known = ATOMS.get(document);
  if (known !== undefined) return known;
  const atoms = new Map<string, PolicyAtom>();
  for (const statement of asArray(document.Statement)) {
    for (const single of singles(statement)) {
      const key = keyOf(single, document.Version);
      if (!atoms.has(key)) atoms.set(key, { key, statement: single });
    }
  }
  ATOMS.set(document, atoms);
  return atoms;
}

const ATOMS = new WeakMap<PolicyDocument, ReadonlyMap<string, PolicyAtom>>();

/** Those that the other side does not have. */
export function atomsBesides(
  atoms: ReadonlyMap<string, PolicyAtom>,
  others: ReadonlyMap<string, PolicyAtom>,
): readonly PolicyAtom[] {
  return [...atoms.values()].filter(({ key }) => !others.has(key));
}

function* singles(statement: Statement): Generator<Statement> {
  const { Principal, Action, Resource, ...rest } = statement;
  for (const principal of principalsOf(Principal)) {
    for (const action of Action === undefined ? [undefined] : asArray(Action)) {
      for (const resource of Resource === undefined ? [undefined] : asArray(Resource)) {
        yield {
          ...rest,
          Sid: undefined,
          ...(principal !== undefined && { Principal: principal }),
          ...(action !== undefined && { Action: action }),
          ...(resource !== undefined && { Resource: resource }),
        };
      }
    }
  }
}

type Principals = NonNullable<Statement["Principal"]>;

function principalsOf(principal: Statement["Principal"]): readonly (Principals | undefined)[] {
  if (principal === undefined || principal === "*") return [principal];
  return Object.entries(principal).flatMap(([kind, names]) =>
    asArray<string>(names).map((name): Principals => ({ [kind]: name })),
  );
}

function keyOf(statement: Statement, version: string | undefined): string {
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } =
    statement;
  const parts = [
    Effect,
    Principal,
    sorted(NotPrincipal),
    typeof Action === "string" ? Action.toLowerCase() : Action,
    sorted(asArray(NotAction).map((action) => action.toLowerCase())),
    Resource,
    sorted(NotResource),
    conditionKey(Condition),
  ];
  const text = JSON.stringify(parts);
  // Only the current version has policy variables.
  return text.includes("${") ? `${version ?? "2008-10-17"} ${text}` : text;
}

function conditionKey(condition: Statement["Condition"]): readonly string[] {
  return Object.entries(condition ?? {})
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        JSON.stringify([
          operator.toLowerCase(),
          key.toLowerCase(),
          sorted(asArray(values).map(String)),
        ]),
      ),
    )
    .sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map(sorted))].sort();
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [value];
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)])
    .sort();
}
