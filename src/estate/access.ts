import type { AccessRequest } from "../iam/evaluation/request";
import { admittingStatements, type AdmittingStatement } from "./admitting-statement";
import { Candidates, type UnlistedPrincipals } from "./candidates";
import type { Candidate, LetInBy } from "./candidate";
import type { Estate, Identity } from "./estate";
import { judge, type AccessCount, type Verdict } from "./judge";
import { mayAssume } from "./question";

/** One principal that can assume one role. */
export interface Access {
  readonly roleArn: string;
  /**
   * ARN of a role or user, or of a role session that the trust policy names; for principals that the
   * estate does not hold the account principal, or the ARN or unique ID that the trust names; a
   * service; an OIDC or SAML provider; `*`.
   */
  readonly principal: string;
  /**
   * `unknown` where a policy that decides cannot be read, a principal's policies are not in the
   * estate, or it could not be told whether some request gets in.
   */
  readonly result: "allowed" | "unknown";
  /** What a request must bring along: `MFA`, `external ID agreed`. */
  readonly needs: readonly string[];
  /**
   * By what the trust lets it in: named itself; by its account, narrowed to ARNs (`guarded account`) or
   * unique IDs; or by its account or everyone.
   */
  readonly by: LetInBy;
}

/** How accesses are found. */
export interface AccessOptions {
  /**
   * Whether the accounts of the estate may have principals that the estate does not hold: made by hand,
   * or by stacks that were not read. Those whom a trust lets in are `unknown` then.
   * @default "may exist"
   */
  readonly unlisted?: UnlistedPrincipals;
  /** Is counted up. @default - not counted */
  readonly count?: AccessCount;
  /** Is filled: the request by which each access was found, where one was tried. @default - not kept */
  readonly requests?: FoundRequests;
}

/** The favourable request of an access; its resource's policy may lack statements of no use to it. */
export type FoundRequests = WeakMap<object, AccessRequest>;

/**
 * Who can assume what on an estate: every role against every principal of all accounts, each judged by
 * the most favourable request: with the external ID that the trust demands, with MFA where it helps.
 *
 * Guarantee: an access that some request would get is among them, as `unknown` at least. Trust
 * conditions and the other halves are indexed, so that the cost grows with accounts and accesses, not
 * with pairs. Principals of accounts outside the estate are taken to have their half.
 */
export function accessOf(estate: Estate, options: AccessOptions = {}): readonly Access[] {
  const { unlisted = "may exist", count = { evaluations: 0 }, requests } = options;
  const candidates = Candidates.of(estate, unlisted);
  return [...estate.identities.values()]
    .filter(({ kind }) => kind === "role")
    .flatMap((role) => accessTo(role, candidates, count, requests));
}

function accessTo(
  role: Identity,
  candidates: Candidates,
  count: AccessCount,
  requests: FoundRequests | undefined,
): readonly Access[] {
  const question = mayAssume(role);
  const { policy } = question.resource;
  const found = new Map<string, Access>();
  const take = (candidate: Candidate, statement?: AdmittingStatement): void => {
    const verdict = judge(candidate, question, statement, count);
    if (verdict === undefined) return;
    const access = accessBy(candidate, role, verdict);
    if (verdict.request !== undefined) requests?.set(access, verdict.request);
    keepBest(found, access);
  };
  if (typeof policy !== "object") {
    for (const candidate of candidates.ofUnreadablePolicy(question)) take(candidate);
    return [...found.values()];
  }
  for (const statement of admittingStatements(policy, question)) {
    for (const candidate of candidates.of(statement, question)) take(candidate, statement);
  }
  return [...found.values()];
}

function accessBy({ principal, by }: Candidate, { arn }: Identity, verdict: Verdict): Access {
  const { result, needs } = verdict;
  return { roleArn: arn, principal, result, needs, by };
}

/** The narrowest first. */
const BY_ORDER: readonly (LetInBy | "grant")[] = [
  "principal",
  "unique ID",
  "guarded account",
  "account",
  "grant",
];

/** Of several ways in, the one that needs least is kept: it decides. Of equal ones, the narrowest. */
function keepBest(found: Map<string, Access>, access: Access): void {
  const known = found.get(access.principal);
  if (known === undefined || isBetter(access, known)) found.set(access.principal, access);
}

/** Whether the first of two ways in decides. */
export function isBetter(access: WayIn, known: WayIn): boolean {
  if (access.result !== known.result) return access.result === "allowed";
  const fewer = known.needs.length - access.needs.length;
  return (fewer || BY_ORDER.indexOf(known.by) - BY_ORDER.indexOf(access.by)) > 0;
}

/** What decides between two ways by which one principal gets in. */
interface WayIn {
  readonly result: "allowed" | "unknown";
  readonly needs: readonly string[];
  readonly by: LetInBy | "grant";
}
