import { createAlias, updateAlias } from "../aws/kms-aliases";
import type { KeyAlias } from "../aws/simulated-resources";
import { generatedName } from "./generated-name";
import type { ResourcePlace, ResourceType } from "./resource-type";

/** `aws_kms_alias`. Its key changes in place. The ID is the name, `alias/` and all. */
export const kmsAlias: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["name", "name_prefix"],
  importable: true,
  create(call) {
    const { account, region, arguments: args } = call;
    const name = generatedName(call, "name", "alias/");
    return createAlias(account, region, name, args.text("target_key_id")).name;
  },
  read: (place, id, known) => {
    const alias = tryGetAlias(place, id);
    if (alias === undefined) return undefined;
    const { name, arn, keyArn } = alias;
    const keyId = keyArn.slice(keyArn.lastIndexOf("/") + 1);
    // The provider takes a key's ID and its ARN for the same.
    const byArn = known.values.target_key_id === keyArn;
    return { id, name, arn, target_key_arn: keyArn, target_key_id: byArn ? keyArn : keyId };
  },
  update(update, id) {
    const alias = tryGetAlias(update, id);
    if (alias !== undefined) {
      const { account, region, arguments: args } = update;
      updateAlias(account, region, alias, args.text("target_key_id"));
    }
    return id;
  },
  delete({ account, region }, id) {
    account.keyAliases.delete(account.regionalArn("kms", region, id));
  },
};

function tryGetAlias({ account, region }: ResourcePlace, name: string): KeyAlias | undefined {
  return account.keyAliases.tryGet(account.regionalArn("kms", region, name));
}
