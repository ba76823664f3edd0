import { asArray, POLICY_VERSION, type PolicyDocument, type Statement } from "../policy-document";
import { compileConditions, type Condition } from "./conditions";
import { compilePrincipals, type NamedPrincipals } from "./principal-match";
import { compileResources, type NamedResources } from "./resource-match";
import { coveredActions, STS_ACTIONS, type StsAction } from "./sts-action";

/** A statement made ready for many evaluations. */
export interface CompiledStatement {
  /** Position in the policy; counts from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: ReadonlySet<StsAction>;
  readonly principals?: NamedPrincipals;
  readonly notPrincipals?: NamedPrincipals;
  readonly resources?: NamedResources;
  readonly notResources?: NamedResources;
  readonly conditions: readonly Condition[];
  /** What makes the statement invalid, so that it cannot be told what AWS would do. */
  readonly flaw?: string;
}

/** A trust policy's statements name principals; those of all other policies name resources. */
export type PolicyKind = "trust" | "identity";

/**
 * The statements of a policy that bear on assuming roles. Kept by document object: a document must
 * not be changed after it was evaluated.
 */
export function compilePolicy(
  document: PolicyDocument,
  kind: PolicyKind,
): readonly CompiledStatement[] {
  const known = COMPILED[kind].get(document);
  if (known !== undefined) return known;
  const variables = document.Version === POLICY_VERSION;
  const statements = asArray(document.Statement)
    .map((statement, index) => compileStatement(statement, index, kind, variables))
    .filter(({ actions }) => actions.size > 0);
  COMPILED[kind].set(document, statements);
  return statements;
}

type Cache = WeakMap<PolicyDocument, readonly CompiledStatement[]>;
const COMPILED: Readonly<Record<PolicyKind, Cache>> = {
  trust: new WeakMap(),
  identity: new WeakMap(),
};

function compileStatement(
  statement: Statement,
  index: number,
  kind: PolicyKind,
  variables: boolean,
): CompiledStatement {
  const { Principal, NotPrincipal, Resource, NotResource } = statement;
  return {
    index,
    sid: statement.Sid,
    effect: statement.Effect,
    actions: actionsOf(statement),
    principals: Principal === undefined ? undefined : compilePrincipals(Principal),
    notPrincipals: NotPrincipal === undefined ? undefined : compilePrincipals(NotPrincipal),
    resources: compiledResources(Resource, variables),
    notResources: compiledResources(NotResource, variables),
    conditions: compileConditions(statement.Condition, variables),
    flaw: flawOf(statement, kind),
  };
}

function compiledResources(
  resources: Statement["Resource"],
  variables: boolean,
): NamedResources | undefined {
  return resources === undefined ? undefined : compileResources(asArray(resources), variables);
}

function actionsOf({ Action, NotAction }: Statement): ReadonlySet<StsAction> {
  if (Action !== undefined) return coveredActions(asArray(Action));
  const excluded = coveredActions(asArray(NotAction));
  return new Set(STS_ACTIONS.filter((action) => !excluded.has(action)));
}

/** AWS refuses such policies; an estate may hold one that was never deployed. */
function flawOf(statement: Statement, kind: PolicyKind): string | undefined {
  const { Action, NotAction, Principal, NotPrincipal, Resource, NotResource } = statement;
  if ((Action === undefined) === (NotAction === undefined)) {
    return "it has neither or both of Action and NotAction";
  }
  if (kind === "trust") {
    return (Principal === undefined) === (NotPrincipal === undefined)
      ? "it has neither or both of Principal and NotPrincipal"
      : undefined;
  }
  if (Principal !== undefined || NotPrincipal !== undefined) {
    return "it names a principal, which only trust policies may";
  }
  return (Resource === undefined) === (NotResource === undefined)
    ? "it has neither or both of Resource and NotResource"
    : undefined;
}
