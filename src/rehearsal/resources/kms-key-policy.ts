import { keyOf, putKeyPolicy } from "../aws/kms-keys";
import { policySetter, tryGetKey } from "./kms-key";
import { shownPolicyText } from "./policy-argument";
import type { ResourceCall, ResourceType } from "./resource-type";

/**
 * `aws_kms_key_policy`: the policy of a key. Without it the key has AWS's own. The ID is what the key is
 * named by; read back is the key's ID alone, so that an ARN is a change in every plan.
 */
export const kmsKeyPolicy: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["key_id"],
  policies: ["policy"],
  importable: true,
  create: put,
  read: (place, id) => {
    const key = tryGetKey(place, id);
    return key === undefined
      ? undefined
      : {
          id,
          key_id: key.arn.replace(/^.*:key\//, ""),
          policy: shownPolicyText(place.account, key.policy),
        };
  },
  update: put,
  delete(call, id) {
    const key = tryGetKey(call, id);
    if (key !== undefined) putKeyPolicy(call.account, key, undefined, policySetter(call));
  },
};

function put(call: ResourceCall): string {
  const { account, region, arguments: args } = call;
  const keyId = args.text("key_id");
  putKeyPolicy(account, keyOf(account, region, keyId), args.policy("policy"), policySetter(call));
  return keyId;
}
