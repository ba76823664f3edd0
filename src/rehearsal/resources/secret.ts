import {
  createSecret,
  deleteSecret,
  putSecretPolicy,
  tryGetSecret,
  updateSecretKey,
} from "../aws/secrets";
import { generatedName } from "./generated-name";
import { shownPolicyText } from "./policy-argument";
import type { ResourceCall, ResourceType } from "./resource-type";

/** `aws_secretsmanager_secret`: another name makes another secret. The ID is the ARN. */
export const secret: ResourceType = {
  regional: true,
  defaults: { recovery_window_in_days: 30 },
  replacedBy: ["name", "name_prefix"],
  policies: ["policy"],
  importable: true,
  create(call) {
    const { account, region, arguments: args, origin } = call;
    const { arn } = createSecret(account, {
      name: generatedName(call, "name"),
      region,
      kmsKeyId: args.optionalText("kms_key_id"),
      origin,
    });
    const policy = args.optionalPolicy("policy");
    if (policy !== undefined) putSecretPolicy(account, arn, policy);
    return arn;
  },
  read: ({ account }, id, known) => {
    const found = tryGetSecret(account, id);
    return found === undefined
      ? undefined
      : {
          id,
          arn: id,
          name: found.name,
          kms_key_id: known.values.kms_key_id ?? found.encryptedWith,
          policy: found.policy === undefined ? "" : shownPolicyText(account, found.policy),
        };
  },
  update({ account, arguments: args, changed }, id) {
    const found = tryGetSecret(account, id);
    if (found !== undefined && changed.has("kms_key_id")) {
      updateSecretKey(account, found, args.optionalText("kms_key_id"));
    }
    if (changed.has("policy")) putSecretPolicy(account, id, args.optionalPolicy("policy"));
    return id;
  },
  delete({ account, arguments: args }, id) {
    const found = tryGetSecret(account, id);
    if (found !== undefined) {
      deleteSecret(account, found, args.optionalNumber("recovery_window_in_days") ?? 30);
    }
  },
};

/** `aws_secretsmanager_secret_policy`: the one policy of a secret. The ID is the secret's ARN. */
export const secretPolicy: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["secret_arn"],
  policies: ["policy"],
  importable: true,
  create: put,
  read: ({ account }, id) => {
    const policy = tryGetSecret(account, id)?.policy;
    return policy === undefined
      ? undefined
      : { id, secret_arn: id, policy: shownPolicyText(account, policy) };
  },
  update: put,
  delete({ account }, id) {
    if (tryGetSecret(account, id) !== undefined) putSecretPolicy(account, id, undefined);
  },
};

function put({ account, arguments: args }: ResourceCall): string {
  const arn = args.text("secret_arn");
  putSecretPolicy(account, arn, args.policy("policy"));
  return arn;
}
