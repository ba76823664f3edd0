import { accountPrincipalArn } from "../iam/arn";
import { rulesFor } from "../iam/evaluation/service-rules";
import { isBetter, type AccessOptions, type FoundRequests } from "./access";
import {
  admittingStatements,
  statementBesides,
  type AdmittingStatement,
} from "./admitting-statement";
import type { Candidate, LetInBy } from "./candidate";
import { Candidates } from "./candidates";
import type { Estate, EstateResource } from "./estate";
import { judge, type AccessCount } from "./judge";
import { mayDo, partitionOf, type Question } from "./question";

/** What is asked of a resource. */
export interface ResourceQuestion {
  readonly resource: EstateResource;
  /** As AWS spells them: `s3:DeleteObject`. */
  readonly actions: readonly string[];
  /**
   * What the actions are done to, where it is not the resource itself: an object of the bucket.
   * @default - the resource
   */
  readonly arn?: string;
}

/** How accesses to resources are found. */
export interface ResourceAccessOptions extends AccessOptions {
  /** Only of these principals, as `ResourceAccess` has them. @default - of everyone */
  readonly only?: ReadonlySet<string>;
  /** Whose. @default "everyone" */
  readonly from?: "everyone" | "other accounts";
}

/** One principal that can do one action on one resource. */
export interface ResourceAccess {
  /** What the action is done to: the resource, or something in it. */
  readonly resourceArn: string;
  readonly action: string;
  /** As `Access` has it. */
  readonly principal: string;
  readonly result: "allowed" | "unknown";
  /** What a request must bring along: `organization o-a1b2c3d4e5`, `encryption context`. */
  readonly needs: readonly string[];
  /** By what it gets there; `account` for identity policies of the resource's own account too. */
  readonly by: LetInBy | "grant";
}

/**
 * Who can do what to resources of an estate, each principal judged by the most favourable request.
 *
 * Guarantee: as with `accessOf`, an access that some request would get is among them, as `unknown` at
 * least; an action that a KMS grant allows too. The cost grows with the accounts that a policy names and
 * their principals with a permission, not with all principals.
 */
export function resourceAccessOf(
  estate: Estate,
  questions: readonly ResourceQuestion[],
  options: ResourceAccessOptions = {},
): readonly ResourceAccess[] {
  const { unlisted = "may exist", count = { evaluations: 0 }, requests, only, from } = options;
  const candidates = Candidates.of(estate, unlisted);
  return questions.flatMap(({ resource, actions, arn = resource.arn }) =>
    actions.flatMap((action) => {
      const { accountId, policy, resourceControlPolicies } = resource;
      const question = mayDo(action, { arn, accountId, policy, resourceControlPolicies });
      return accessTo(resource, question, candidates, { count, requests, only, from });
    }),
  );
}

interface Judging {
  readonly count: AccessCount;
  readonly requests?: FoundRequests;
  readonly only?: ReadonlySet<string>;
  readonly from?: ResourceAccessOptions["from"];
}

function accessTo(
  resource: EstateResource,
  question: Question,
  candidates: Candidates,
  { count, requests, only, from }: Judging,
): readonly ResourceAccess[] {
  const isOfOthers = from === "other accounts";
  const { action } = question;
  const { arn: resourceArn, policy } = question.resource;
  const found = new Map<string, ResourceAccess>();
  const take = (way: Way): void => {
    const { candidate, statement, by = candidate.by, needs = [] } = way;
    if (only?.has(candidate.principal) === false) return;
    if (isOfOthers && candidate.principal.split(":")[4] === resource.accountId) return;
    // Whether an unreadable policy denies is not known.
    const judged = policy === "unknown" ? undefined : statement;
    const verdict = judge(candidate, question, judged, count);
    if (verdict === undefined) return;
    const { principal } = candidate;
    const access: ResourceAccess = {
      resourceArn,
      action,
      principal,
      result: verdict.result,
      needs: [...verdict.needs, ...needs].sort(),
      by,
    };
    if (verdict.request !== undefined) requests?.set(access, verdict.request);
    const known = found.get(principal);
    if (known === undefined || isBetter(access, known)) found.set(principal, access);
  };
  const own = isOfOthers ? [] : ownStatements(question);
  for (const way of waysOfPolicies(question, candidates, own)) take(way);
  for (const way of waysOfGrants(resource, question, candidates)) take(way);
  return [...found.values()];
}

/** By what a principal may get in. */
interface Way {
  readonly candidate: Candidate;
  readonly statement?: AdmittingStatement;
  /** @default - the candidate's */
  readonly by?: ResourceAccess["by"];
  /** What a request must bring along besides. @default - nothing */
  readonly needs?: readonly string[];
}

/** Identity policies of its own account do, but of a key's only where its policy delegates to them. */
function ownStatements(question: Question): readonly AdmittingStatement[] {
  const { accountId, policy } = question.resource;
  if (rulesFor(question.action).policyMustAllow) return [];
  const owner = { AWS: accountPrincipalArn(partitionOf(question), accountId) };
  return [statementBesides(policy === "unknown" ? undefined : policy, question, owner)];
}

function waysOfPolicies(
  question: Question,
  candidates: Candidates,
  own: readonly AdmittingStatement[],
): readonly Way[] {
  const { policy } = question.resource;
  const known = policy === "unknown" ? undefined : policy;
  const statements = [...(known === undefined ? [] : admittingStatements(known, question)), ...own];
  return [
    ...statements.flatMap((statement) =>
      candidates.of(statement, question).map((candidate) => ({ candidate, statement })),
    ),
    ...(policy === "unknown"
      ? candidates.ofUnreadablePolicy(question).map((candidate) => ({ candidate }))
      : []),
  ];
}

/** A grant allows its operations besides all policies; they may deny them all the same. */
function waysOfGrants(
  { grants }: EstateResource,
  question: Question,
  candidates: Candidates,
): readonly Way[] {
  const { policy } = question.resource;
  return grants
    .filter(({ operations }) =>
      operations.some((operation) => `kms:${operation}`.toLowerCase() === question.kind),
    )
    .map(({ granteePrincipal, constrained }) => ({
      candidate: candidates.grantee(granteePrincipal),
      statement: statementBesides(
        policy === "unknown" ? undefined : policy,
        question,
        granteePrincipal.startsWith("arn:")
          ? { AWS: granteePrincipal }
          : { Service: granteePrincipal },
      ),
      by: "grant" as const,
      needs: constrained ? ["encryption context"] : [],
    }));
}
