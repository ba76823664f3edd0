import { tryParseIamArn } from "../../iam/arn";
import { closestTo } from "../../source/closest";
import type { Problem } from "../../source/problem";
import { formatPath } from "../../source/source-document";
import { isPrincipalTrust } from "../../trust/trust";
import { groupBy } from "../group-by";
import type { Model, Role, User } from "../model";
import { stackAccounts, trustedPrincipals } from "./trusted-principals";
import { trustings, type Trusting } from "./trusting";

/**
 * What looks like a rename of something that is deployed already: a new name makes a new stack or
 * replaces a role, and both break what trusts the old one.
 */
export function renames(model: Model): readonly Problem[] {
  return [...renamedAccounts(model), ...renamedIdentities(model), ...renamedResources(model)];
}

/** An account that was deployed as a stack of another name. */
function renamedAccounts(model: Model): readonly Problem[] {
  const stacks = stackAccounts(model);
  const accountOfStack = new Map(
    model.accounts.flatMap((account) =>
      account.stack === undefined ? [] : [[account.id, account] as const],
    ),
  );
  return Object.entries(model.lock.stacks).flatMap(([stack, accountId]): readonly Problem[] => {
    const account = accountOfStack.get(accountId);
    if (stacks.has(stack) || account === undefined || stack.endsWith("-bootstrap")) return [];
    return [
      {
        severity: "warning",
        location: account.location,
        path: `accounts.${account.name}`,
        expected: `the name ${JSON.stringify(stack)}, under which account ${accountId} is deployed`,
        found: `${JSON.stringify(account.name)}: its stack starts with an empty state and would make everything again, which AWS refuses`,
        remedy: `write ${JSON.stringify(stack)} again, or move the states of ${stack} and ${stack}-bootstrap to the new names first (docs/commands.md, "Renaming")`,
      },
    ];
  });
}

/** A role or user that the lock knows and accounts.json does not, while its account has a new one. */
function renamedIdentities(model: Model): readonly Problem[] {
  const { lock } = model;
  const identities: readonly Identity[] = [...model.roles, ...model.users];
  const present = new Set(identities.map(({ arn }) => arn));
  const known = new Set([...Object.keys(lock.principals), ...Object.keys(lock.applied)]);
  const isDeployed = ({ stack }: Identity): boolean => Object.hasOwn(lock.stacks, stack);
  const fresh = groupBy(
    identities.filter((each) => !known.has(each.arn) && isDeployed(each) && isRecorded(each)),
    ({ arn }) => accountAndType(arn),
  );
  const trusted = trustedPrincipals(model);
  return [...known]
    .filter((arn) => !present.has(arn))
    .flatMap((gone): readonly Problem[] => {
      const renamed = mostLike(gone, fresh.get(accountAndType(gone)) ?? []);
      return renamed === undefined
        ? []
        : [renaming(gone, renamed, trusted.get(renamed.arn)?.trustedBy ?? [])];
    });
}

type Identity = Role | User;

/** Whether the lock knows it once it is deployed and confirmed. */
function isRecorded(identity: Identity): boolean {
  return identity.trusted || ("trusts" in identity && identity.trusts.some(isPrincipalTrust));
}

function accountAndType(arn: string): string {
  const parsed = tryParseIamArn(arn);
  return `${parsed?.accountId} ${parsed?.type}`;
}

/** A shared resource or log bucket that the lock knows and accounts.json does not, while it has a new one. */
function renamedResources(model: Model): readonly Problem[] {
  const { terms = {}, stacks } = model.lock;
  const resources = trustings(model).filter(({ kind }) => kind !== "role" && kind !== "account");
  const present = new Set(resources.map(({ arn }) => arn));
  const fresh = groupBy(
    resources.filter(
      ({ arn, stack }) => !Object.hasOwn(terms, arn) && Object.hasOwn(stacks, stack),
    ),
    ({ arn }) => withoutName(arn),
  );
  return Object.keys(terms)
    .filter((arn) => tryParseIamArn(arn) === undefined && !present.has(arn))
    .flatMap((gone): readonly Problem[] => {
      const renamed = mostLike(gone, fresh.get(withoutName(gone)) ?? []);
      return renamed === undefined ? [] : [replacing(gone, renamed)];
    });
}

/** All of an ARN but the resource's name: equal for resources of one type, account and Region. */
function withoutName(arn: string): string {
  const [, common] =
    /^((?:[^:]*:){5}(?:alias\/|repository\/|secret:|event-bus\/|function:|config-aggregator\/)?)/.exec(
      arn,
    ) ?? [];
  return common;
}

function replacing(gone: string, { arn, stack, location, path }: Trusting): Problem {
  return {
    severity: "warning",
    location,
    path,
    expected: `${gone}, which is deployed`,
    found: `${arn} in its place: if that is a rename, deploying ${stack} destroys the old one with what it holds, and makes an empty one`,
    remedy: "keep the old name, or move what it holds before you deploy",
  };
}

/** The only candidate, or the one that is spelled most like it. */
function mostLike<T extends { readonly arn: string }>(
  gone: string,
  candidates: readonly T[],
): T | undefined {
  if (candidates.length < 2) return candidates.at(0);
  const closest = closestTo(
    gone,
    candidates.map(({ arn }) => arn),
  );
  return candidates.find(({ arn }) => arn === closest);
}

function renaming(gone: string, renamed: Identity, trustedBy: readonly string[]): Problem {
  const { arn, account, location, name, stack } = renamed;
  const isRole = "trusts" in renamed;
  const then =
    trustedBy.length === 0 ? "" : `, confirm, and deploy ${trustedBy.join(", ")} to tighten again`;
  const path = isRole
    ? renamed.key === undefined
      ? ["accounts", account.name]
      : ["roles", renamed.key]
    : ["identities", account.name, "users", name];
  return {
    severity: "warning",
    location,
    path: formatPath(path),
    expected: `${gone}, which is deployed`,
    found: isRole
      ? `${arn} in its place: if that is a rename, deploying ${stack} replaces the role; it gets another unique ID, and nothing that trusts or assumes the old one knows it`
      : `${arn} in its place: if that is a rename, the user keeps its unique ID, but what trusts it waits until the new ARN is confirmed`,
    remedy: `keep the old name and path, or deploy ${[...new Set([stack, ...trustedBy])].join(", ")}${then}`,
  };
}
