import type { Caller } from "../../iam/evaluation/request";
import { accessRefusal } from "./access-refusal";
import { tryFindKey } from "./all-accounts";
import { AwsError } from "./aws-error";
import { hexOf } from "./generated-id";
import { keyArnOf, noSuchKey } from "./kms-keys";
import { shownResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";
import type { KeyGrant } from "./simulated-resources";

/** A grant that is to be made; the principals by ARN. */
export interface NewGrant extends Omit<KeyGrant, "arn" | "keyArn" | "granteeId" | "retiringId"> {
  readonly region: string;
  /** Key ID, or the key's ARN: of a key in another account. */
  readonly keyId: string;
  readonly granteePrincipal: string;
  /** @default - nobody */
  readonly retiringPrincipal?: string;
}

/**
 * CreateGrant: the grant's ID. Refused unless the key policy lets the caller make it, and, from
 * another account, his own policies do too; refused for a grantee that does not exist.
 */
export function createGrant(account: SimulatedAccount, caller: Caller, input: NewGrant): string {
  const { keyId, region, granteePrincipal, retiringPrincipal, ...grant } = input;
  if (keyId.includes("alias/")) {
    throw new AwsError("InvalidArnException", "Key Aliases are not supported for this operation.");
  }
  const arn = keyArnOf(account, region, keyId);
  const found = tryFindKey(account.all, arn);
  if (found?.key.region !== region) throw noSuchKey(arn);
  const { key, account: owner } = found;
  const refusal = accessRefusal({
    caller,
    action: "kms:CreateGrant",
    resource: { arn, accountId: owner.id, policy: shownResourcePolicy(owner, key.policy) },
    context: {
      organizationId: account.organizationId,
      keys: {
        "kms:GranteePrincipal": granteePrincipal,
        "kms:GrantOperations": grant.operations,
        "kms:GrantIsForAWSResource": "false",
        "kms:CallerAccount": account.id,
        ...(retiringPrincipal !== undefined && { "kms:RetiringPrincipal": retiringPrincipal }),
        ...(grant.constraint !== undefined && { "kms:GrantConstraintType": grant.constraint }),
      },
    },
  });
  if (refusal !== undefined) {
    throw new AwsError(
      "AccessDeniedException",
      `User: ${caller.arn} is not authorized to perform: kms:CreateGrant on resource: ${arn}`,
      refusal,
    );
  }
  const granteeId = principalId(account, granteePrincipal);
  const retiringId =
    retiringPrincipal === undefined ? undefined : principalId(account, retiringPrincipal);
  const id = hexOf(`grant/${arn}/${owner.count(`grant/${arn}`)}`, 64);
  owner.watchPrincipal(granteeId);
  if (retiringId !== undefined) owner.watchPrincipal(retiringId);
  owner.keyGrants.put({ ...grant, arn: `${arn}:${id}`, keyArn: arn, granteeId, retiringId });
  return id;
}

/** A grant on a key of whatever account; undefined where the key or the grant is gone. */
export function tryFindGrant(
  account: SimulatedAccount,
  keyArn: string,
  grantId: string,
): KeyGrant | undefined {
  return tryFindKey(account.all, keyArn)?.account.keyGrants.tryGet(`${keyArn}:${grantId}`);
}

/** RevokeGrant; nothing where the key or the grant is gone. */
export function revokeGrant(account: SimulatedAccount, keyArn: string, grantId: string): void {
  tryFindKey(account.all, keyArn)?.account.keyGrants.delete(`${keyArn}:${grantId}`);
}

/** The unique ID of a role or user; services and accounts stay as they are. */
function principalId(account: SimulatedAccount, principal: string): string {
  if (!/:(role|user|assumed-role)\//.test(principal)) return principal;
  const id = account.directory.idOf(principal);
  if (id !== undefined) return id;
  throw new AwsError(
    "InvalidArnException",
    `ARN does not refer to a valid principal: ${principal}`,
    `${principal} does not exist.`,
  );
}
