import type { RoleWithoutLink, SwitchLink, SwitchLinks } from "./links";

/** Links as data for programs. */
export function linksJson({ links, without }: SwitchLinks): string {
  const data = {
    links: links.map(({ role, displayName, color, url, mfa, people }: SwitchLink) => ({
      ...placeOf(role),
      displayName,
      color,
      url,
      mfa,
      people,
    })),
    without: without.map(({ role, reason, because }: RoleWithoutLink) => ({
      ...placeOf(role),
      reason,
      because,
    })),
  };
  return JSON.stringify(data, undefined, 2);
}

function placeOf({ account, name, arn }: SwitchLink["role"]) {
  return { account: account.name, accountId: account.id, role: name, roleArn: arn };
}
