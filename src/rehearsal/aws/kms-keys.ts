import { accountPrincipalArn } from "../../iam/arn";
import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import type { Caller } from "../../iam/evaluation/request";
import { policyDocument } from "../../iam/policy-document";
import { accessRefusal } from "./access-refusal";
import { tryFindKey } from "./all-accounts";
import { AwsError } from "./aws-error";
import { keyIdOf } from "./generated-id";
import { shownResourcePolicy, takeResourcePolicy, type ResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedKey } from "./simulated-resources";

/** What a key is made with. */
export interface NewKey {
  readonly type: string;
  readonly region: string;
  /** @default - AWS's own: the account's IAM policies govern the key */
  readonly policy?: ResolvedText;
  readonly multiRegion: boolean;
  /** ARN of the primary key that it is a replica of. @default - none */
  readonly primaryArn?: string;
  readonly origin: Origin;
}

/** Who sets a key policy, and whether KMS lets him lock himself out. */
export interface PolicySetter {
  readonly caller: Caller;
  readonly bypassLockoutCheck: boolean;
}

/** CreateKey, or ReplicateKey for a replica. */
export function createKey(
  account: SimulatedAccount,
  input: NewKey,
  setter: PolicySetter,
): SimulatedKey {
  const { primaryArn, region } = input;
  const keyId =
    primaryArn === undefined
      ? keyIdOf(account.id, account.count("key"), input.multiRegion)
      : replicableKeyId(account, primaryArn, region);
  const arn = account.regionalArn("kms", region, `key/${keyId}`);
  if (account.keys.tryGet(arn) !== undefined) {
    throw new AwsError("AlreadyExistsException", `Replica key already exists in ${region}.`);
  }
  const key: SimulatedKey = {
    type: input.type,
    name: keyId,
    arn,
    region,
    policy: takeKeyPolicy(account, arn, input.policy, setter),
    multiRegion: input.multiRegion || primaryArn !== undefined,
    primaryArn,
    origin: input.origin,
  };
  account.keys.put(key);
  return key;
}

/** A key that existed before, with AWS's own policy; one of that ARN that is there stays. */
export function seedKey(
  account: SimulatedAccount,
  input: {
    readonly region: string;
    /** Without `alias/`. @default - no alias */
    readonly alias?: string;
    /** @default - of a key ID that nobody chose */
    readonly arn?: string;
    readonly origin: Origin;
  },
): void {
  const { region, alias, origin } = input;
  const aliasArn =
    alias === undefined ? undefined : account.regionalArn("kms", region, `alias/${alias}`);
  const name =
    input.arn?.slice(input.arn.lastIndexOf("/") + 1) ??
    keyIdOf(account.id, account.count("key"), false);
  const arn = input.arn ?? account.regionalArn("kms", region, `key/${name}`);
  if (account.keys.tryGet(arn) === undefined) {
    const policy = takeResourcePolicy(account, "kms-key", [defaultPolicy(account)], arn);
    const multiRegion = name.startsWith("mrk-");
    account.keys.put({ type: "aws_kms_key", name, arn, region, policy, multiRegion, origin });
  }
  if (alias !== undefined && aliasArn !== undefined) {
    account.keyAliases.put({ name: `alias/${alias}`, arn: aliasArn, keyArn: arn });
  }
}

/** PutKeyPolicy; AWS's own policy where none is given, as at a key that is made without. */
export function putKeyPolicy(
  account: SimulatedAccount,
  key: SimulatedKey,
  policy: ResolvedText | undefined,
  setter: PolicySetter,
): void {
  account.keys.put({ ...key, policy: takeKeyPolicy(account, key.arn, policy, setter) });
}

/** ScheduleKeyDeletion: from then on nothing can be done with the key, nor with its grants. */
export function deleteKey(account: SimulatedAccount, keyArn: string): void {
  account.keys.delete(keyArn);
  for (const grant of account.keyGrants.values()) {
    if (grant.keyArn === keyArn) account.keyGrants.delete(grant.arn);
  }
}

/** A key of the account by its ID or ARN; refused with `NotFoundException`. An alias is neither. */
export function keyOf(account: SimulatedAccount, region: string, keyIdOrArn: string): SimulatedKey {
  const arn = keyArnOf(account, region, keyIdOrArn);
  const key = account.keys.tryGet(arn);
  if (key === undefined) throw noSuchKey(arn);
  return key;
}

/** The ARN that a key ID means in an account and region; an ARN stays as it is. */
export function keyArnOf(account: SimulatedAccount, region: string, keyIdOrArn: string): string {
  return keyIdOrArn.startsWith("arn:")
    ? keyIdOrArn
    : account.regionalArn("kms", region, `key/${keyIdOrArn}`);
}

/** Nothing of that ARN exists. */
export function noSuchKey(arn: string): AwsError {
  return new AwsError("NotFoundException", `Key '${arn}' does not exist`);
}

function replicableKeyId(account: SimulatedAccount, primaryArn: string, region: string): string {
  const primary = tryFindKey(account.all, primaryArn)?.key;
  if (primary === undefined || primary.arn.split(":")[4] !== account.id)
    throw noSuchKey(primaryArn);
  if (!primary.multiRegion || primary.primaryArn !== undefined || primary.region === region) {
    throw new AwsError(
      "UnsupportedOperationException",
      `${primaryArn} is not a multi-Region primary key of another Region.`,
    );
  }
  return primary.name;
}

function takeKeyPolicy(
  account: SimulatedAccount,
  keyArn: string,
  text: ResolvedText | undefined,
  { caller, bypassLockoutCheck }: PolicySetter,
): ResourcePolicy {
  const policy = takeResourcePolicy(account, "kms-key", text ?? [defaultPolicy(account)], keyArn);
  if (bypassLockoutCheck) return policy;
  const refusal = accessRefusal({
    // What the caller's own policies say is another matter: the key policy must let him in.
    caller: { ...caller, identityPolicies: [EVERYTHING], permissionsBoundary: undefined },
    action: "kms:PutKeyPolicy",
    resource: { arn: keyArn, accountId: account.id, policy: shownResourcePolicy(account, policy) },
    context: { organizationId: account.organizationId },
  });
  if (refusal !== undefined) {
    throw new AwsError(
      "MalformedPolicyDocumentException",
      "The new key policy will not allow you to update the key policy in the future.",
      `Whoever sets a key policy must be able to change it again, and ${refusal}`,
    );
  }
  return policy;
}

const EVERYTHING = {
  name: "everything",
  document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
};

/** KMS Developer Guide, "Default key policy". */
function defaultPolicy({ partition, id }: SimulatedAccount): string {
  return JSON.stringify({
    ...policyDocument([
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: accountPrincipalArn(partition, id) },
        Action: "kms:*",
        Resource: "*",
      },
    ]),
    Id: "key-default-1",
  });
}
