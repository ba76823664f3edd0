import type { SwitchLink } from "./links";
import { identityName, subject, type Identity } from "./identity";
import { PackedSize } from "./packed-size";
import { profileName } from "./profiles";

/**
 * What the extension keeps in the browser's synchronized storage: 8 items of 2,700 characters, packed
 * (src/js/lib/compressed_text_splitter.js of tilfinltd/aws-extend-switch-roles).
 */
const SYNC_STORAGE = 8 * 2_700;

/**
 * The configuration of the browser extension AWS Extend Switch Roles: the identity's account as the
 * base, and a target for each role that it can switch to. In several parts where one would be more
 * than the extension can synchronize; each is complete.
 */
export function extendSwitchRoles(
  identity: Identity,
  links: readonly SwitchLink[],
  storage = SYNC_STORAGE,
): readonly string[] {
  const { account } = subject(identity);
  const base = [
    `; ${identityName(identity)}. An account with an alias: write the alias in place of its ID here.`,
    `[${account.name}]`,
    `aws_account_id = ${account.id}`,
    "",
  ].join("\n");
  const parts: string[] = [];
  let part = base;
  let size = sizeOf(base);
  for (const link of links) {
    const target = `\n${targetOf(link, account.name)}\n`;
    size.add(target);
    if (size.characterCount > storage && part !== base) {
      parts.push(part);
      part = base;
      size = sizeOf(base + target);
    }
    part += target;
  }
  return [...parts, part];
}

function targetOf({ role, color }: SwitchLink, base: string): string {
  return [
    `[${profileName(role)}]`,
    `role_arn = ${role.arn}`,
    `region = ${role.account.region}`,
    ...(color === undefined ? [] : [`color = ${color}`]),
    `source_profile = ${base}`,
  ].join("\n");
}

function sizeOf(text: string): PackedSize {
  const size = new PackedSize();
  size.add(text);
  return size;
}
