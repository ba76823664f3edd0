import { tryParseExistingArn } from "./existing-arn";
import type { SharingInput } from "./schema/sharing";

/** What an entry writes as its resource's name; a key's is its alias. */
export function writtenName(value: SharingInput): string | undefined {
  return value.type === "kms-key" ? value.alias : value.name;
}

/** The name of an entry's resource: as written, as its ARN has it, or the entry's own key. */
export function sharedName(value: SharingInput, key: string): string {
  const written = writtenName(value);
  if (written !== undefined || value.type === "kms-key" || value.arn === undefined) {
    return written ?? key;
  }
  return tryParseExistingArn(value.type, value.arn)?.name ?? key;
}
