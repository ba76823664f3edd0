import { moreAccountsFit } from "../../sharing/more-accounts";
import { policyUses, type PolicyUse } from "../../sharing/policy-use";
import type { SharedResource } from "../../sharing/shared-resource";
import { formatPath } from "../../source/source-document";
import type { Model, Sharing } from "../model";
import type { Place, ProblemList } from "./problem-list";

/** Below so many more accounts, `check` says how many still fit. */
const TIGHT = 20;

/**
 * The policy of each shared resource against its quota, at its largest on the way from stage to stage,
 * so that no later confirmation brings it over.
 */
export function checkSharingQuotas({ sharing }: Model, problems: ProblemList): void {
  for (const each of sharing) {
    if (each.resource.trusts.length === 0) continue;
    const place = { location: each.location, path: formatPath(["sharing", each.key]) };
    const uses = policyUses(each.resource);
    const over = uses.find(({ largest, quota }) => largest > quota);
    if (over !== undefined) reportOver(each, over, place, problems);
    // Counting costs many policies, and those that are half empty have room enough.
    else if (uses.some(({ largest, quota }) => 2 * largest > quota)) {
      reportTight(each, place, problems);
    }
  }
}

function reportOver(
  { resource, account }: Sharing,
  { policy, measure, largest, quota }: PolicyUse,
  place: Place,
  problems: ProblemList,
): void {
  const whose = policy === "key" ? "the secret's key" : `${resource.type} ${resource.name}`;
  problems.error(place, {
    expected: `a policy of at most ${quota} ${measure} on ${whose} in account ${account.name}, at every stage`,
    found: `${largest} ${measure}: it is shared with ${resource.trusts.length}, of which ${fitting(resource)} fit`,
    remedy: "share it with fewer, or make a second resource for some of them",
  });
}

function reportTight({ resource }: Sharing, place: Place, problems: ProblemList): void {
  const more = moreAccountsFit(resource);
  if (more >= TIGHT) return;
  problems.warning(place, {
    expected: `room for more accounts in the policy of ${resource.type} ${resource.name}`,
    found: `that it is shared with ${resource.trusts.length}, and about ${more} more fit`,
    remedy: "share it with fewer, or make a second resource for some of them",
  });
}

/** How many of the resource's accounts and principals fit its policies, the first ones first. */
function fitting(resource: SharedResource): number {
  let low = 0;
  let high = resource.trusts.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const fits = policyUses(withFirst(resource, middle)).every((use) => use.largest <= use.quota);
    if (fits) low = middle;
    else high = middle;
  }
  return low;
}

function withFirst(resource: SharedResource, count: number): SharedResource {
  const trusts = resource.trusts.slice(0, count);
  if (resource.type !== "kms-key") return { ...resource, trusts };
  const accounts = new Set(trusts.map(({ accountId }) => accountId));
  const grants = resource.grants.filter(({ maker }) => accounts.has(maker.accountId));
  return { ...resource, trusts, grants };
}
