import type { OrganizationPolicy } from "./control-policies";
import type { SimulatedPermissionSet } from "./permission-sets";
import type { PrincipalDirectory } from "./principal-directory";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedBucket, SimulatedKey } from "./simulated-resources";

/** What one account's services ask of the others. */
export interface AllAccounts {
  /** The principals of all accounts. */
  readonly directory: PrincipalDirectory;
  /** Bucket name to the account that has it: the names are one space. */
  readonly bucketOwners: Map<string, SimulatedAccount>;
  /** By ARN: permission sets of Identity Center. */
  readonly permissionSets: Map<string, SimulatedPermissionSet>;
  /** By ID: policies of the organization, AWS's own apart. */
  readonly organizationPolicies: Map<string, OrganizationPolicy>;
  /** The organization's management account. @default - not known: any account may make its policies */
  readonly managementId?: string;
  /** The account; made where it is not in use yet. */
  account(id: string): SimulatedAccount;
  /** An account that is in use. */
  tryAccount(id: string): SimulatedAccount | undefined;
}

/** The bucket of that name, in whatever account. */
export function tryFindBucket(
  { bucketOwners }: AllAccounts,
  name: string,
): { readonly account: SimulatedAccount; readonly bucket: SimulatedBucket } | undefined {
  const account = bucketOwners.get(name);
  const bucket = account?.buckets.tryGet(bucketArn(account, name));
  return account === undefined || bucket === undefined ? undefined : { account, bucket };
}

/** The ARN of a bucket. */
export function bucketArn({ partition }: SimulatedAccount, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/** The key of that ARN (a key's, or an alias's), in whatever account. */
export function tryFindKey(
  all: AllAccounts,
  arn: string,
): { readonly account: SimulatedAccount; readonly key: SimulatedKey } | undefined {
  const account = all.tryAccount(arn.split(":")[4] ?? "");
  if (account === undefined) return undefined;
  const key = account.keys.tryGet(account.keyAliases.tryGet(arn)?.keyArn ?? arn);
  return key === undefined ? undefined : { account, key };
}
