import { asArray, POLICY_VERSION, type PolicyDocument, type Statement } from "../policy-document";
import { actionTest } from "./action-patterns";
import { compileConditions, type Condition } from "./conditions";
import { compilePrincipals, type NamedPrincipals } from "./principal-match";
import { compileResources, type NamedResources } from "./resource-match";
import { STS_ACTIONS, type StsAction } from "./sts-action";

/** A statement made ready for many evaluations. */
export interface CompiledStatement {
  /** Position in the policy; counts from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** What it covers of assuming roles. */
  readonly actions: ReadonlySet<StsAction>;
  readonly principals?: NamedPrincipals;
  readonly notPrincipals?: NamedPrincipals;
  readonly resources?: NamedResources;
  readonly notResources?: NamedResources;
  readonly conditions: readonly Condition[];
  /** What makes the statement invalid, so that it cannot be told what AWS would do. */
  readonly flaw?: string;
}

/**
 * The statements of a policy on a resource (a trust policy is a role's) name principals; those of all
 * other policies name resources alone.
 */
export type PolicyKind = "resource" | "identity";

/**
 * The statements of a policy that bear on assuming roles. Kept by document object: a document must
 * not be changed after it was evaluated.
 */
export function compilePolicy(
  document: PolicyDocument,
  kind: PolicyKind,
): readonly CompiledStatement[] {
  return compiled(document, kind).onAssuming();
}

/** The statements of a policy that cover an action, kept by document object and action. */
export function statementsCovering(
  document: PolicyDocument,
  kind: PolicyKind,
  action: string,
): readonly CompiledStatement[] {
  return compiled(document, kind).covering(action);
}

function compiled(document: PolicyDocument, kind: PolicyKind): CompiledPolicy {
  const known = COMPILED[kind].get(document);
  if (known !== undefined) return known;
  const policy = new CompiledPolicy(document, kind);
  COMPILED[kind].set(document, policy);
  return policy;
}

/** A policy of which each statement is read when an action that it covers is first asked for. */
class CompiledPolicy {
  private readonly statements: readonly StatementReader[];
  private readonly byAction = new Map<string, readonly CompiledStatement[]>();
  private assuming?: readonly CompiledStatement[];

  constructor({ Version, Statement }: PolicyDocument, kind: PolicyKind) {
    this.statements = asArray(Statement).map((statement, index): StatementReader => {
      const covers = actionTest(statement);
      let read: CompiledStatement | undefined;
      return {
        covers,
        read: () =>
          (read ??= {
            ...compileStatement(statement, kind, Version === POLICY_VERSION),
            index,
            actions: new Set(STS_ACTIONS.filter(covers)),
          }),
      };
    });
  }

  covering(action: string): readonly CompiledStatement[] {
    const known = this.byAction.get(action);
    if (known !== undefined) return known;
    const found = this.statements.filter(({ covers }) => covers(action)).map(({ read }) => read());
    this.byAction.set(action, found);
    return found;
  }

  onAssuming(): readonly CompiledStatement[] {
    this.assuming ??= this.statements
      .filter(({ covers }) => STS_ACTIONS.some(covers))
      .map(({ read }) => read());
    return this.assuming;
  }
}

interface StatementReader {
  readonly covers: (action: string) => boolean;
  readonly read: () => CompiledStatement;
}

type Cache = WeakMap<PolicyDocument, CompiledPolicy>;
const COMPILED: Readonly<Record<PolicyKind, Cache>> = {
  resource: new WeakMap(),
  identity: new WeakMap(),
};

function compileStatement(
  statement: Statement,
  kind: PolicyKind,
  variables: boolean,
): Omit<CompiledStatement, "index" | "actions"> {
  const { Principal, NotPrincipal, Resource, NotResource } = statement;
  return {
    sid: statement.Sid,
    effect: statement.Effect,
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

/** AWS refuses such policies; an estate may hold one that was never deployed. */
function flawOf(statement: Statement, kind: PolicyKind): string | undefined {
  const { Action, NotAction, Principal, NotPrincipal, Resource, NotResource } = statement;
  if ((Action === undefined) === (NotAction === undefined)) {
    return "it has neither or both of Action and NotAction";
  }
  if (kind === "resource") {
    return (Principal === undefined) === (NotPrincipal === undefined)
      ? "it has neither or both of Principal and NotPrincipal"
      : undefined;
  }
  if (Principal !== undefined || NotPrincipal !== undefined) {
    return "it names a principal, which only policies on resources may";
  }
  return (Resource === undefined) === (NotResource === undefined)
    ? "it has neither or both of Resource and NotResource"
    : undefined;
}
