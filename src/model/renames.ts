import { tryParseIamArn } from "../iam/arn";
import type { Problem } from "../source/problem";
import type { Model, Role, User } from "./model";
import { stackAccounts, trustedPrincipals } from "./trusted-principals";

/**
 * What looks like a rename of something that is deployed already: a new name makes a new stack or
 * replaces a role, and both break what trusts the old one.
 */
export function renames(model: Model): readonly Problem[] {
  return [...renamedAccounts(model), ...renamedPrincipals(model)];
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

/** A principal of the lock that is gone, while the same account has one that is new. */
function renamedPrincipals(model: Model): readonly Problem[] {
  const trusted = trustedPrincipals(model);
  const principals: readonly (Role | User)[] = [...model.roles, ...model.users];
  const unconfirmed = principals.filter(
    ({ arn, trusted: isTrusted }) => isTrusted && !Object.hasOwn(model.lock.principals, arn),
  );
  return Object.keys(model.lock.principals)
    .filter((arn) => !trusted.has(arn))
    .flatMap((gone): readonly Problem[] => {
      const old = tryParseIamArn(gone);
      const candidates = unconfirmed.filter(
        ({ account, arn }) =>
          account.id === old?.accountId && tryParseIamArn(arn)?.type === old.type,
      );
      if (candidates.length !== 1) return [];
      const [{ arn, location, account }] = candidates;
      const stacks = trusted.get(arn)?.trustedBy ?? [];
      return [
        {
          severity: "warning",
          location,
          path: "",
          expected: `${gone}, which is confirmed to exist`,
          found: `${arn} in its place: if that is a rename, deploying ${account.stack} replaces it, its unique ID changes, and what trusts it waits for the new one`,
          remedy: `keep the old name and path, or deploy ${[account.stack, ...stacks].join(", ")}, confirm, and deploy ${stacks.join(", ")} again`,
        },
      ];
    });
}
