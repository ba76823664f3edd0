import { createKey, deleteKey, keyArnOf, putKeyPolicy, type PolicySetter } from "../aws/kms-keys";
import { callerOf } from "../caller";
import type { SimulatedKey } from "../aws/simulated-resources";
import { shownPolicyText } from "./policy-argument";
import type { ResourceCall, ResourcePlace, ResourceType } from "./resource-type";

/**
 * `aws_kms_key` and `aws_kms_replica_key`. Everything but the multi-Region property changes in place.
 * The ID is the key ID. Deletion is immediate; the window is not simulated.
 */
export function kmsKey(kind: "aws_kms_key" | "aws_kms_replica_key"): ResourceType {
  return {
    regional: true,
    defaults: {},
    replacedBy: ["multi_region", "primary_key_arn", "customer_master_key_spec", "key_usage"],
    policies: ["policy"],
    importable: true,
    create(call) {
      const { account, region, arguments: args, origin } = call;
      const key = createKey(
        account,
        {
          type: kind,
          region,
          policy: args.optionalPolicy("policy"),
          multiRegion: args.flag("multi_region"),
          primaryArn: kind === "aws_kms_replica_key" ? args.text("primary_key_arn") : undefined,
          origin,
        },
        policySetter(call),
      );
      return key.name;
    },
    read: (place, id) => {
      const key = tryGetKey(place, id);
      return key === undefined
        ? undefined
        : {
            id,
            key_id: id,
            arn: key.arn,
            policy: shownPolicyText(place.account, key.policy),
            ...(kind === "aws_kms_key"
              ? { multi_region: key.multiRegion }
              : { primary_key_arn: key.primaryArn }),
          };
    },
    update(update, id) {
      const key = tryGetKey(update, id);
      const policy = update.arguments.optionalPolicy("policy");
      if (key !== undefined && policy !== undefined && update.changed.has("policy")) {
        putKeyPolicy(update.account, key, policy, policySetter(update));
      }
      return id;
    },
    delete({ account, region }, id) {
      deleteKey(account, account.regionalArn("kms", region, `key/${id}`));
    },
  };
}

/** Who sets a key's policy in a deploy. */
export function policySetter({ account, principal, arguments: args }: ResourceCall): PolicySetter {
  return {
    caller: callerOf(account, principal),
    bypassLockoutCheck: args.flag("bypass_policy_lockout_safety_check"),
  };
}

/** The key of that ID or ARN; undefined when there is none. */
export function tryGetKey(
  { account, region }: ResourcePlace,
  keyIdOrArn: string,
): SimulatedKey | undefined {
  return account.keys.tryGet(keyArnOf(account, region, keyIdOrArn));
}
