import { createGrant, revokeGrant, tryFindGrant } from "../aws/kms-grants";
import { keyArnOf } from "../aws/kms-keys";
import { callerOf } from "../caller";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceType } from "./resource-type";

/**
 * `aws_kms_grant`: nothing of it changes in place. The ID is `KEY:GRANT`, the key as it is written.
 */
export const kmsGrant: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: [
    "name",
    "key_id",
    "grantee_principal",
    "retiring_principal",
    "operations",
    "constraints",
  ],
  sets: ["operations"],
  importable: true,
  create({ account, region, principal, arguments: args, origin }) {
    const keyId = args.text("key_id");
    const grantId = createGrant(account, callerOf(account, principal), {
      keyId,
      region,
      name: args.optionalText("name"),
      granteePrincipal: args.text("grantee_principal"),
      retiringPrincipal: args.optionalText("retiring_principal"),
      operations: [...args.texts("operations")].sort(),
      constraint: constraintOf(args),
      origin,
    });
    return `${keyId}:${grantId}`;
  },
  read: ({ account, region }, id) => {
    const { keyId, grantId } = partsOf(id);
    const grant = tryFindGrant(account, keyArnOf(account, region, keyId), grantId);
    if (grant === undefined) return undefined;
    return {
      id,
      key_id: keyId,
      grant_id: grantId,
      name: grant.name,
      grantee_principal: account.directory.arnOf(grant.granteeId) ?? grant.granteeId,
      retiring_principal:
        grant.retiringId && (account.directory.arnOf(grant.retiringId) ?? grant.retiringId),
      operations: grant.operations,
    };
  },
  // Every argument makes another grant: there is nothing to change in place.
  update: (_update, id) => id,
  delete({ account, region }, id) {
    const { keyId, grantId } = partsOf(id);
    revokeGrant(account, keyArnOf(account, region, keyId), grantId);
  },
};

function partsOf(id: string): { readonly keyId: string; readonly grantId: string } {
  const colon = id.lastIndexOf(":");
  return { keyId: id.slice(0, colon), grantId: id.slice(colon + 1) };
}

function constraintOf(
  args: ResourceArguments,
): "EncryptionContextEquals" | "EncryptionContextSubset" | undefined {
  const written = JSON.stringify(args.values.constraints ?? null);
  if (written.includes("encryption_context_equals")) return "EncryptionContextEquals";
  return written.includes("encryption_context_subset") ? "EncryptionContextSubset" : undefined;
}
