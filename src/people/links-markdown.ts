import { groupBy } from "../model/group-by";
import type { SwitchLink, SwitchLinks } from "./links";
import { switchedName } from "./switch-role-url";

/** Links as Markdown, for a wiki or a terminal. */
export function linksMarkdown({ links, without }: SwitchLinks, title: string): string {
  const byAccount = groupBy(links, ({ role }) => role.account);
  const parts = [
    `# ${escaped(title)}`,
    ...(links.length === 0 ? ["There is no role to switch to."] : []),
    ...[...byAccount].map(
      ([account, those]) =>
        `## ${escaped(account.name)} (${account.id})\n\n${list(those.map(line))}`,
    ),
    ...(without.length === 0
      ? []
      : [
          `## Without a link\n\n${list(
            without.map(
              ({ role, because }) => `${escaped(`${role.account.name}/${role.name}`)}: ${because}`,
            ),
          )}`,
        ]),
  ];
  return parts.join("\n\n");
}

function line({ role, displayName, url, mfa, people }: SwitchLink): string {
  const who = people.map(escaped).join(", ");
  return `[${escaped(displayName)}](${url}): ${escaped(switchedName(role))}${mfa ? ", with MFA" : ""}; for ${who}`;
}

function list(lines: readonly string[]): string {
  return lines.map((each) => `- ${each}`).join("\n");
}

/** Text of which Markdown must take no character for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, "\\$&");
}
