import type { Sharing } from "../model";

/** Stands for the ID of a key, each for one alone: AWS's have 36 characters. */
function anyKeyId(number: number): string {
  return `${String(number).padStart(8, "0")}-0000-0000-0000-000000000000`;
}

/** Shared resources as if every key were confirmed: policies that name keys are longest then. */
export function withAnyKeys(sharing: readonly Sharing[]): readonly Sharing[] {
  return sharing.map((each, position) => {
    const { resource } = each;
    const { partition, region, accountId } = resource;
    const anyKey = `arn:${partition}:kms:${region}:${accountId}:key/${anyKeyId(position)}`;
    if (resource.type === "kms-key") {
      return { ...each, resource: { ...resource, keyArn: resource.keyArn ?? anyKey } };
    }
    if (resource.type === "secret") {
      const key = { ...resource.key, keyArn: resource.key.keyArn ?? anyKey };
      return { ...each, resource: { ...resource, key } };
    }
    return each;
  });
}
