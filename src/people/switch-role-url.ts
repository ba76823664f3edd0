import type { Partition } from "../iam/arn";

/** Where people of each partition sign in to the console. */
const SIGN_IN_HOSTS: Readonly<Record<Partition, string>> = {
  aws: "signin.aws.amazon.com",
  "aws-us-gov": "signin.amazonaws-us-gov.com",
  "aws-cn": "signin.amazonaws.cn",
};

/** What the console's form for switching roles is filled in with. */
export interface SwitchRole {
  readonly partition: Partition;
  readonly accountId: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  readonly displayName: string;
  /** Six hexadecimal digits. */
  readonly color?: string;
}

/**
 * The address of the console's form for switching to a role (IAM User Guide, "Granting a user
 * permissions to switch roles"). Every part is encoded.
 */
export function switchRoleUrl(role: SwitchRole): string {
  const query = Object.entries({
    account: role.accountId,
    roleName: switchedName(role),
    displayName: role.displayName,
    ...(role.color !== undefined && { color: role.color }),
  }).map(([key, value]) => `${key}=${encoded(value)}`);
  return `https://${SIGN_IN_HOSTS[role.partition]}/switchrole?${query.join("&")}`;
}

/** Also what Markdown and shells would take for their own. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A role as the form takes it: its path without the first slash, and its name. */
export function switchedName({ path, name }: Pick<SwitchRole, "path" | "name">): string {
  return `${path.slice(1)}${name}`;
}
