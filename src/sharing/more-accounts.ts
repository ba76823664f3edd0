import { policyUses } from "./policy-use";
import type { SharedResource, SharingTrust } from "./shared-resource";

/** Accounts beyond which nobody counts. */
const MANY_ACCOUNTS = 10_000;

/**
 * With how many more accounts, named as long as those it has, a resource can be shared until one of
 * its policies is full. 0 also when one is over already.
 */
export function moreAccountsFit(resource: SharedResource): number {
  const fits = (more: number) =>
    policyUses(withMoreAccounts(resource, more)).every(({ largest, quota }) => largest <= quota);
  if (!fits(1)) return 0;
  let [low, high] = [1, 2];
  while (high < MANY_ACCOUNTS && fits(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The resource shared with so many more accounts, each in the way of the one that takes most room. */
function withMoreAccounts(resource: SharedResource, more: number): SharedResource {
  const longest = longestOf(resource.trusts);
  const numbers = Array.from({ length: more }, (_, number) => number);
  const trusts = [...resource.trusts, ...numbers.map((number) => inAccount(longest, number))];
  if (resource.type !== "kms-key" || resource.grants.length === 0) return { ...resource, trusts };
  const [grant] = resource.grants;
  const maker = longestOf(resource.grants.map((each) => each.maker));
  return {
    ...resource,
    trusts,
    grants: [
      ...resource.grants,
      ...numbers.map((number) => ({
        maker: inAccount(maker, number),
        granteeArn: elsewhere(grant.granteeArn, number),
      })),
    ],
  };
}

function longestOf(trusts: readonly SharingTrust[]): SharingTrust {
  const [longest] = [...trusts].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  return longest;
}

/** The trust as if it named the like in an account that nobody has: account IDs do not begin with 000000. */
function inAccount(trust: SharingTrust, number: number): SharingTrust {
  const accountId = madeUpAccount(number);
  return trust.kind === "account"
    ? { ...trust, accountId }
    : {
        ...trust,
        accountId,
        principalArn: elsewhere(trust.principalArn, number),
        guard: trust.guard.map((arn) => elsewhere(arn, number)),
      };
}

function elsewhere(arn: string, number: number): string {
  return arn.replace(/::\d{12}:/, `::${madeUpAccount(number)}:`);
}

function madeUpAccount(number: number): string {
  return String(number).padStart(12, "0");
}
