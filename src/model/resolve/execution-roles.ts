import { roleArn } from "../../iam/arn";
import { EMPTY_LOCK } from "../../trust/lock";
import { principalTrust } from "../../trust/principal-trust";
import type { Account, Role, Settings } from "../model";

/**
 * The execution role of each account that has a bootstrap stack: trusts the deployer, and at stage
 * `account` also the administrators who make the first deploys.
 */
export function executionRoles(
  { bootstrap }: Settings,
  accounts: readonly Account[],
): readonly Role[] {
  if (bootstrap === undefined) return [];
  const { hub, hubAccessRoleArn, deployerArn } = bootstrap;
  const accessRole = hubAccessRoleArn === undefined ? [] : [hubAccessRoleArn];
  const trust = principalTrust(deployerArn, EMPTY_LOCK, {
    organizationId: hub.organizationId,
    guard: bootstrap.guard ? [deployerArn, ...accessRole, ...bootstrap.firstDeployers] : [],
  });
  return accounts.flatMap((account): readonly Role[] =>
    account.bootstrapStack === undefined
      ? []
      : [
          {
            account,
            stack: account.bootstrapStack,
            arn: roleArn(account.partition, account.id, "/", bootstrap.executionRoleName),
            name: bootstrap.executionRoleName,
            path: "/",
            ownership: "defined",
            managedPolicyArns: bootstrap.executionPolicyArns,
            statements: [],
            trusts: [trust],
            mayAssume: [],
            sessionPermissions: [],
            trustPositions: [],
            mayUse: [],
            protect: bootstrap.protect,
            trusted: false,
            location: account.location,
          },
        ],
  );
}
