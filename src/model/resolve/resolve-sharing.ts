import { aliasArn } from "../../sharing/shared-arn";
import { showValue } from "../../source/show-value";
import { tryParseExistingArn } from "../file/existing-arn";
import type { SharingEntry } from "../file/kept-statements";
import type { SharingInput } from "../file/schema/sharing";
import type { Account, KeyGrant, Model, Role, Sharing } from "../model";
import { checkSharedArns } from "./check-shared-arn";
import { placeOf } from "./place";
import { resolveKeyGrants, type AccountGrant } from "./resolve-key-grants";
import { resolveSharedWith } from "./resolve-shared-with";
import { selectAccounts } from "./selector";
import { sharedResourceOf } from "./shared-resource-of";
import type { TrustContext } from "./trust-context";

/** What `sharing` means: each entry in each of its regions, and the grants on its keys. */
export function resolveSharing(
  entries: readonly SharingEntry[],
  executionRoles: readonly Role[],
  context: TrustContext,
): Pick<Model, "sharing" | "keyGrants"> {
  const resolved = entries.map((entry) => resolveEntry(entry, executionRoles, context));
  return {
    sharing: resolved.flatMap(({ sharing }) => sharing),
    keyGrants: resolved.flatMap(({ keyGrants }) => keyGrants),
  };
}

function resolveEntry(
  entry: SharingEntry,
  executionRoles: readonly Role[],
  context: TrustContext,
): Pick<Model, "sharing" | "keyGrants"> {
  const owner = owningAccount(entry, context);
  if (owner?.stack === undefined) return { sharing: [], keyGrants: [] };
  const { stack } = owner;
  const regions = regionsOf(entry.value, owner);
  if (!context.doubts.accountIds.has(owner.name)) {
    checkSharedArns(entry, owner, regions, context.problems);
  }
  const { trusts, named } = resolveSharedWith(entry, owner, context);
  const grants = resolveKeyGrants(entry, trusts, executionRoles, context);
  const sharing = regions.map((region): Sharing => ({
    key: entry.name,
    account: owner,
    stack,
    resource: sharedResourceOf(entry, {
      partition: owner.partition,
      accountId: owner.id,
      region,
      regions,
      trusts,
      grants: grants.map(({ grant }) => grant),
    }),
    named,
    ...(entry.value.silence !== undefined && { silence: entry.value.silence }),
    location: entry.at([], "key"),
  }));
  return { sharing, keyGrants: sharing.flatMap((each) => keyGrantsOf(each, grants)) };
}

/** The account that owns the resource; undefined where there is none that gets a stack. */
function owningAccount(
  entry: SharingEntry,
  { accounts, problems }: TrustContext,
): Account | undefined {
  const place = placeOf(entry, ["account"]);
  const [owner] = selectAccounts(accounts, entry.value.account, place, problems);
  if (owner?.kind === "external") {
    problems.error(place, {
      expected: "an account that is ours",
      found: `${showValue(owner.name)}, an external account`,
      remedy:
        "name the account that owns the resource; its owner writes the policies of an external one",
    });
  } else if (owner?.kind === "planned") {
    problems.warning(place, {
      expected: "an account with an id",
      found: `${showValue(owner.name)}, a planned account: the resource is not defined yet`,
      remedy: "give the account its id once it exists",
    });
  }
  return owner;
}

function regionsOf(
  { type, region, regions, arn }: SharingInput,
  owner: Account,
): readonly string[] {
  if (regions !== undefined) {
    // A bucket's name is global, and so it has one region.
    return type === "s3-bucket" ? regions.slice(0, 1) : [...new Set(regions)];
  }
  const ofArn = arn === undefined ? undefined : tryParseExistingArn(type, arn)?.region;
  return [region ?? (ofArn === "" ? undefined : ofArn) ?? owner.region];
}

function keyGrantsOf(
  { key, resource }: Sharing,
  grants: readonly AccountGrant[],
): readonly KeyGrant[] {
  if (resource.type !== "kms-key") return [];
  return grants.map(({ account, stack, grant }) => ({
    key,
    account,
    stack,
    region: resource.region,
    aliasArn: aliasArn(resource, resource.name),
    keyArn: resource.keyArn,
    granteeArn: grant.granteeArn,
  }));
}
