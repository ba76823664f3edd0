import { showValue } from "../../source/show-value";
import type { OidcTrust, ServiceTrust } from "../../trust/trust";
import { isInDoubt } from "../file/doubts";
import type { Entry } from "../file/entry";
import { groupBy } from "../group-by";
import { accountNames } from "./account-names";
import { checkOidcSubjects } from "./check-oidc-subjects";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { findRepeatedTrust } from "./repeated-trusts";
import { resolveTrustedPrincipals } from "./resolve-trusted-principals";
import type { RoleInstance } from "./role-instance";
import type { RoleInput } from "../file/schema/roles";
import type { TrustInput } from "../file/schema/trusts";
import { selectAny } from "./selector";
import type { TrustContext } from "./trust-context";
import type { TrustEdge } from "./trust-edge";

/** The trusts of one role entry, in each of its accounts. */
export function resolveTrusts(
  entry: Entry<RoleInput>,
  instances: readonly RoleInstance[],
  context: TrustContext,
): readonly TrustEdge[] {
  const trusts = entry.value.trusts ?? [];
  const errorsBefore = context.problems.errorCount;
  const edges = trusts.flatMap((trust, position) => {
    const trusting = chosenInstances(entry, position, instances, context);
    if ("service" in trust) {
      const resolved: ServiceTrust = { kind: "service", service: trust.service };
      return trusting.map((instance) => ({ trusting: instance, trust: resolved, position }));
    }
    if ("oidc" in trust) return oidcEdges(entry, position, trust.oidc, trusting, context);
    const principals = resolveTrustedPrincipals(entry, ["trusts", position], trust, context);
    return trusting.flatMap((instance) =>
      principals.map((principal) => ({ trusting: instance, position, ...principal })),
    );
  });
  if (entry.value.existing === true) checkExistingRole(entry, instances, edges, context.problems);
  else {
    // A trust that could not be resolved may be the one that is missing.
    const isResolved = context.problems.errorCount === errorsBefore && !isInDoubt(context.doubts);
    if (entry.leftOut.size === 0) {
      // An empty list says that nobody is trusted any more.
      if ((isResolved || trusts.length === 0) && !isEmptyList(entry))
        reportMissingTrust(entry, instances, edges, context.problems);
      reportSelfTrust(entry, edges, context.problems);
    }
    reportRepeatedTrusts(entry, edges, context.problems);
  }
  return edges;
}

function isEmptyList({ value: { trusts } }: Entry<RoleInput>): boolean {
  return trusts !== undefined && trusts.length === 0;
}

/** Whom an existing role trusts is its own; of one in an external account it is said for our half. */
function checkExistingRole(
  entry: Entry<RoleInput>,
  instances: readonly RoleInstance[],
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  const trusts = entry.value.trusts ?? [];
  const ours = instances.filter(({ stack }) => stack !== undefined);
  const isOurs = ours.length > 0 || instances.length === 0;
  if (entry.value.trusts !== undefined && isOurs) {
    problems.error(placeOf(entry, ["trusts"], "key"), {
      expected: "no trusts on an existing role: it stays as it is",
      found: 'trusts beside "existing": true',
      remedy: 'take it out, or write "import": true instead to take the role over',
    });
  }
  if (ours.length === instances.length) return;
  if (trusts.length === 0 && entry.leftOut.size === 0) {
    problems.error(placeOf(entry, [], "key"), {
      expected: "trusts that say which principals of ours an external account's role trusts",
      found: "none",
      remedy: "name them: they get the permission to assume it",
    });
  }
  trusts.forEach((_, position) => {
    const own = edges.filter((edge) => edge.position === position);
    if (own.length === 0 || own.every(({ holder }) => holder !== undefined)) return;
    problems.error(placeOf(entry, ["trusts", position]), {
      expected:
        "a role, user, group or permission set of ours that an external account's role trusts",
      found: showValue(trusts[position]),
      remedy: "name who is to assume it, or take the trust out: the rest is their policy",
    });
  });
}

/** The role's accounts that a trust is for: all of them, or those of `in`. */
function chosenInstances(
  entry: Entry<RoleInput>,
  position: number,
  instances: readonly RoleInstance[],
  { accounts, problems }: TrustContext,
): readonly RoleInstance[] {
  const selectors = entry.value.trusts?.[position].in;
  if (selectors === undefined) return instances;
  const list = typeof selectors === "string" ? [selectors] : selectors;
  const chosen = new Set(
    selectAny(
      accounts,
      list.map((text) => ({ text, place: placeOf(entry, ["trusts", position, "in"]) })),
      problems,
    ),
  );
  const trusting = instances.filter((instance) => chosen.has(instance.account));
  if (trusting.length === 0 && chosen.size > 0 && instances.length > 0) {
    problems.error(placeOf(entry, ["trusts", position, "in"]), {
      expected: "at least one of the role's accounts",
      found: `${list.map((text) => showValue(text)).join(", ")}, in which the role does not exist`,
      remedy: "correct `in`, or add the account to the role's accounts",
    });
  }
  return trusting;
}

function oidcEdges(
  entry: Entry<RoleInput>,
  position: number,
  oidc: Extract<TrustInput, { readonly oidc: unknown }>["oidc"],
  trusting: readonly RoleInstance[],
  { problems }: TrustContext,
): readonly TrustEdge[] {
  const isOne = typeof oidc.subject === "string";
  const subjects = typeof oidc.subject === "string" ? [oidc.subject] : oidc.subject;
  checkOidcSubjects(
    oidc.issuer,
    subjects,
    (item) => placeOf(entry, ["trusts", position, "oidc", "subject", ...(isOne ? [] : [item])]),
    problems,
  );
  return trusting.map((instance) => {
    const trust: OidcTrust = {
      kind: "oidc",
      partition: instance.account.partition,
      accountId: instance.account.id,
      issuer: oidc.issuer,
      audience: oidc.audience,
      subjects,
    };
    return { trusting: instance, trust, position };
  });
}

function reportSelfTrust(
  entry: Entry<RoleInput>,
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  const itself = edges.find(
    ({ trusting, trust }) => trust.kind === "role" && trust.principalArn === trusting.arn,
  );
  if (itself === undefined) return;
  problems.error(placeOf(entry, ["trusts"]), {
    expected: "a role that trusts others",
    found: `one that trusts itself in account ${itself.trusting.account.name}`,
    remedy: "leave that account out with `in`, or with except",
  });
}

/** The first one of the entry is an error. */
function reportRepeatedTrusts(
  entry: Entry<RoleInput>,
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  for (const [{ account }, ofRole] of groupBy(edges, ({ trusting }) => trusting)) {
    const repeated = findRepeatedTrust(ofRole.map(({ trust }) => trust));
    if (repeated === undefined) continue;
    const { found, kind } = repeated;
    problems.error(placeOf(entry, ["trusts"]), {
      expected:
        kind === "twice"
          ? "each principal once per account"
          : "either a whole account or principals of it",
      found: `${found} in account ${account.name}: the weaker trust would decide`,
      remedy:
        kind === "twice"
          ? "join the two trusts, or keep them apart with `in`"
          : "take one of the two trusts out, or keep them apart with `in`",
    });
    return;
  }
}

function reportMissingTrust(
  entry: Entry<RoleInput>,
  instances: readonly RoleInstance[],
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  const trusting = new Set(edges.map((edge) => edge.trusting));
  const without = instances.filter((instance) => !trusting.has(instance));
  const hasTrusts = (entry.value.trusts ?? []).length > 0;
  if (without.length === 0) return;
  problems.error(placeOf(entry, hasTrusts ? ["trusts"] : [], hasTrusts ? "value" : "key"), {
    expected: "at least one trust in each of the role's accounts (IAM has no role without one)",
    found: `none in ${accountNames(without.map((instance) => instance.account))}`,
    remedy: 'say who may assume it, or write "existing": true for a role that is not defined here',
  });
}
