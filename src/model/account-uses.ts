import { accountPrincipalArn } from "../iam/arn";
import { logBucketArn } from "../logging/logs";
import { insidePolicy } from "../only-path/inside-policy";
import { outsidePolicy } from "../only-path/outside-policy";
import { sharedArn } from "../sharing/shared-arn";
import { digestOf } from "../trust/trust-terms";
import { groupBy } from "./group-by";
import type {
  Account,
  Group,
  KeyGrant,
  Logging,
  Model,
  Notifying,
  OnlyPath,
  Role,
  Sharing,
  User,
} from "./model";

/** The parts of one account's stack that use, or are, what accounts share. */
export interface AccountParts {
  readonly roles: readonly Role[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly sharing: readonly Sharing[];
  readonly keyGrants: readonly KeyGrant[];
  readonly logging: readonly Logging[];
  readonly notifying: readonly Notifying[];
  readonly onlyPaths: readonly OnlyPath[];
}

/** How outputs and the lock know what an account uses: by the account principal's ARN. */
export function accountUsesArn({ partition, id }: Account): string {
  return accountPrincipalArn(partition, id);
}

/**
 * What an account's stack has of its own half: each part that uses something of another account, to a
 * digest of how. A part that waits for a key's ARN has another digest once it is confirmed, so the
 * stack is due then. Buckets are named too, because nothing in an S3 ARN says whose it is.
 */
export function accountUses(parts: AccountParts): Readonly<Record<string, string>> {
  const uses: [string, unknown][] = [];
  for (const { arn, mayUse } of [...parts.roles, ...parts.users]) {
    if (mayUse.length > 0) uses.push([arn, mayUse]);
  }
  for (const { account, name, sessionPermissions } of parts.groups) {
    if (sessionPermissions.length > 0)
      uses.push([`group ${account.id}/${name}`, sessionPermissions]);
  }
  for (const { aliasArn, keyArn, granteeArn } of parts.keyGrants) {
    uses.push([`grant ${aliasArn} ${granteeArn}`, keyArn ?? "waits"]);
  }
  for (const { trail, config, buckets } of parts.logging) {
    if (trail !== undefined) uses.push([`trail ${trail.name}`, trail]);
    for (const recording of config) uses.push([`config ${recording.region}`, recording]);
    for (const bucket of buckets) uses.push([`bucket ${logBucketArn(bucket)}`, bucket.service]);
  }
  for (const { source, hub } of parts.notifying) {
    if (source !== undefined) uses.push(["notifications", source]);
    if (hub !== undefined) uses.push(["messages", [hub.email, hub.apiDestinations]]);
  }
  for (const { guarded } of parts.onlyPaths) {
    const policies = [insidePolicy(guarded), outsidePolicy(guarded)];
    uses.push([`control policies of ${guarded.accountId}`, policies]);
  }
  for (const { resource } of parts.sharing) {
    if (resource.type === "s3-bucket") {
      uses.push([`bucket ${sharedArn(resource)}`, resource.ownership]);
    }
  }
  return Object.fromEntries(uses.map(([what, how]) => [what, digestOf(how)]));
}

/** The parts of every account's stack. */
export function accountParts(model: Model): (stack: string) => AccountParts {
  const roles = groupBy(model.roles, ({ stack }) => stack);
  const users = groupBy(model.users, ({ stack }) => stack);
  const groups = groupBy(model.groups, ({ stack }) => stack);
  const sharing = groupBy(model.sharing, ({ stack }) => stack);
  const keyGrants = groupBy(model.keyGrants, ({ stack }) => stack);
  const logging = groupBy(model.logging, ({ stack }) => stack);
  const notifying = groupBy(model.notifying, ({ stack }) => stack);
  const onlyPaths = groupBy(model.onlyPaths, ({ stack }) => stack);
  return (stack) => ({
    roles: roles.get(stack) ?? [],
    users: users.get(stack) ?? [],
    groups: groups.get(stack) ?? [],
    sharing: sharing.get(stack) ?? [],
    keyGrants: keyGrants.get(stack) ?? [],
    logging: logging.get(stack) ?? [],
    notifying: notifying.get(stack) ?? [],
    onlyPaths: onlyPaths.get(stack) ?? [],
  });
}
