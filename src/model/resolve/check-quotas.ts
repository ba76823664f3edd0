import { roomLeft, otherHalf, type OtherHalfIdentity } from "../../iam/other-half";
import { policyDocument, policySize } from "../../iam/policy-document";
import { INLINE_POLICIES_SIZE, MANAGED_POLICIES_PER_IDENTITY } from "../../iam/quotas";
import { formatPath } from "../../source/source-document";
import { largestTrustPolicySize, statementsOf } from "../../trust/trust-policy-size";
import type { Trust } from "../../trust/trust";
import type { Group, Model, Role } from "../model";
import { otherHalfRoom, otherHalfRoomOfGroup, otherHalfRoomOfUser } from "../other-half-room";
import { checkSharingQuotas } from "./check-sharing-quotas";
import { checkRoleUse, checkUserUse } from "./check-use-quotas";
import type { Place, ProblemList } from "./problem-list";

/** Below so many more roles, `check` says how many still fit. */
const TIGHT = 20;

/**
 * What AWS would refuse for its size, before anything is deployed. A trust policy is counted at its
 * largest on the way from stage to stage, so that no later confirmation brings it over; `model` is to
 * have every key confirmed for the same reason.
 */
export function checkQuotas(model: Model, problems: ProblemList): void {
  for (const role of model.roles) {
    const place = {
      location: role.location,
      get path() {
        return pathOf(role);
      },
    };
    if (role.ownership !== "existing") {
      checkTrustPolicy(role, place, problems);
      checkPermissions(role, place, problems);
    }
    checkRoleUse(role, place, problems);
    checkOtherHalf(
      `role ${role.name} in account ${role.account.name}`,
      role,
      otherHalfRoom(role),
      place,
      problems,
    );
  }
  for (const user of model.users) {
    const place = {
      location: user.location,
      path: formatPath(["identities", user.account.name, "users", user.name]),
    };
    checkUserUse(user, place, problems);
    checkOtherHalf(
      `user ${user.name} in account ${user.account.name}`,
      user,
      otherHalfRoomOfUser(user),
      place,
      problems,
    );
  }
  for (const group of model.groups) {
    const place = {
      location: group.location,
      path: formatPath(["identities", group.account.name, "groups", group.name]),
    };
    checkGroupPolicies(group, place, problems);
    checkOtherHalf(
      `group ${group.name} in account ${group.account.name}`,
      group,
      otherHalfRoomOfGroup(group),
      place,
      problems,
    );
  }
  checkSharingQuotas(model, problems);
}

function pathOf(role: Role): string {
  return role.key === undefined
    ? formatPath(["accounts", role.account.name])
    : formatPath(["roles", role.key]);
}

function checkTrustPolicy(role: Role, place: Place, problems: ProblemList): void {
  if (role.trusts.length === 0) return;
  const quota = role.account.quotas.trustPolicy;
  if (sizeBound(role.trusts) <= quota) return;
  const size = largestTrustPolicySize(role.trusts);
  if (size <= quota) return;
  problems.error(place, {
    expected: `a trust policy of at most ${quota} characters in account ${role.account.name}, at every stage`,
    found: `${size} characters with ${role.trusts.length === 1 ? "one trust" : `${role.trusts.length} trusts`}`,
    remedy: `trust fewer principals, split the role, or have AWS raise the quota and write accounts.${role.account.name}.quotas.trustPolicy (at most 8192)`,
  });
}

/** Characters of a statement beside a trust's own texts, in the longest form that it takes. */
const STATEMENT_FRAME = 400;

/** How often a statement repeats a trust's texts at most: an OIDC issuer is in ARN, audience and subject. */
const REPEATED = 3;

/**
 * What a trust policy cannot be longer than at any stage. Far from exact, but building the policies of
 * every role costs as much as everything else together, and nearly all are far from their quota.
 */
function sizeBound(trusts: readonly Trust[]): number {
  return trusts.reduce(
    (sum, trust) =>
      sum + STATEMENT_FRAME * statementsOf(trust) + REPEATED * JSON.stringify(trust).length,
    0,
  );
}

function checkPermissions(role: Role, place: Place, problems: ProblemList): void {
  const size = policySize(policyDocument(role.statements));
  if (role.statements.length > 0 && size > INLINE_POLICIES_SIZE.role) {
    problems.error(place, {
      expected: `statements of at most ${INLINE_POLICIES_SIZE.role} characters (a role's inline policies together)`,
      found: `${size} characters`,
      remedy: "move some of them into managed policies",
    });
  }
  const managed = role.managedPolicyArns.length;
  const quota = role.account.quotas.managedPoliciesPerRole;
  if (managed > quota) {
    problems.error(place, {
      expected: `at most ${quota} managed policies on a role in account ${role.account.name}`,
      found: `${managed}`,
      remedy: `attach fewer, or have AWS raise the quota and write accounts.${role.account.name}.quotas.managedPoliciesPerRole (at most 25)`,
    });
  }
}

/** AWS raises neither quota of a group. */
function checkGroupPolicies(group: Group, place: Place, problems: ProblemList): void {
  const { otherInlineSize: size = 0, otherManagedPolicies = 0 } = otherHalfRoomOfGroup(group);
  if (size > INLINE_POLICIES_SIZE.group) {
    problems.error(place, {
      expected: `statements of at most ${INLINE_POLICIES_SIZE.group} characters (a group's inline policies together)`,
      found: `${size} characters`,
      remedy: "move some of them into managed policies, or split the group",
    });
  }
  if (otherManagedPolicies > MANAGED_POLICIES_PER_IDENTITY) {
    problems.error(place, {
      expected: `at most ${MANAGED_POLICIES_PER_IDENTITY} managed policies on a group`,
      found: `${otherManagedPolicies}`,
      remedy: "attach fewer, or split the group",
    });
  }
}

function checkOtherHalf(
  who: string,
  { mayAssume }: { readonly mayAssume: readonly string[] },
  identity: OtherHalfIdentity,
  place: Place,
  problems: ProblemList,
): void {
  if (mayAssume.length === 0) return;
  const half = otherHalf(mayAssume, identity);
  if (half.kind === "overflow") {
    problems.error(place, {
      expected: `at most ${half.fits} roles that ${who} may assume: more ARNs do not fit its policies`,
      found: `${mayAssume.length} roles`,
      remedy: waysOut(identity.kind),
    });
    return;
  }
  // Only an identity with many roles can be near its limit: counting costs as much as placing.
  if (half.kind === "inline" && identity.kind !== "user") return;
  const room = roomLeft(mayAssume, identity);
  if (room < TIGHT) {
    problems.warning(place, {
      expected: `room for more roles that ${who} may assume`,
      found: `${mayAssume.length} roles; about ${room} more fit`,
      remedy: waysOut(identity.kind),
    });
  }
}

function waysOut(kind: OtherHalfIdentity["kind"]): string {
  switch (kind) {
    case "group":
      return "split the group (a user may be in 10), or let its members assume one role per account";
    case "user":
      return "put the user into a group that the roles trust, or trust a role instead";
    case "role":
      return "split the role over several, attach fewer managed policies, or have AWS raise quotas.managedPoliciesPerRole";
  }
}
