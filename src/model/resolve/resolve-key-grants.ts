import { principalTrust } from "../../trust/principal-trust";
import { EMPTY_LOCK } from "../../trust/lock";
import type { AllowedGrant, SharingTrust } from "../../sharing/shared-resource";
import type { SharingEntry } from "../file/kept-statements";
import type { Account, Role } from "../model";
import { accountNames } from "./account-names";
import { placeOf } from "./place";
import { accountTrust } from "./resolve-shared-with";
import type { TrustContext } from "./trust-context";

/** A using account of ours, and the grant that it makes. */
export interface AccountGrant {
  readonly account: Account;
  /** The account's stack. */
  readonly stack: string;
  readonly grant: AllowedGrant;
}

/**
 * The grants of a key that is for images: one per using account of ours, to its Auto Scaling
 * service-linked role, which cannot be given a policy (EC2 Auto Scaling User Guide, "Required AWS KMS
 * key policy for use with encrypted volumes"). Of an external account its owner must make the grant.
 */
export function resolveKeyGrants(
  entry: SharingEntry,
  trusts: readonly SharingTrust[],
  executionRoles: readonly Role[],
  { accounts, problems }: TrustContext,
): readonly AccountGrant[] {
  const { value } = entry;
  if (value.type !== "kms-key" || value.for === undefined) return [];
  const ids = new Set(trusts.map(({ accountId }) => accountId));
  const using = accounts.accounts.filter(({ id }) => ids.has(id));
  const external = using.filter(({ kind }) => kind === "external");
  if (external.length > 0) {
    problems.warning(placeOf(entry, ["for"]), {
      expected: "using accounts that are ours, in which the grant to Auto Scaling is made",
      found: accountNames(external),
      remedy:
        "have the account's owner run aws kms create-grant for its service-linked role, or take the account out",
    });
  }
  const execution = new Map(executionRoles.map((role) => [role.account, role]));
  return using.flatMap((account): readonly AccountGrant[] => {
    const { stack } = account;
    if (stack === undefined) return [];
    const maker = makerOf(account, execution.get(account));
    return [{ account, stack, grant: { maker, granteeArn: autoScalingRoleArn(account) } }];
  });
}

function makerOf(account: Account, executionRole: Role | undefined): SharingTrust {
  return executionRole === undefined
    ? accountTrust(account)
    : principalTrust(executionRole.arn, EMPTY_LOCK, { organizationId: account.organizationId });
}

function autoScalingRoleArn({ partition, id }: Account): string {
  return `arn:${partition}:iam::${id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
}
