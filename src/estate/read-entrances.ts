import { isAccountId } from "../iam/arn";
import type { BlockReader } from "./block-reader";
import type { ReadBlock } from "./found-in-stack";
import { tryKnownText } from "./resolved-text";
import { tryWholeTraversal } from "./template";
import type { TerraformBlock } from "./terraform-json";

/** Type to the argument that says whose it is, or what it is of. */
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ["aws_iam_access_key", "user"],
  ["aws_iam_openid_connect_provider", "url"],
  ["aws_iam_saml_provider", "name"],
  ["aws_iam_service_specific_credential", "user_name"],
  ["aws_iam_signing_certificate", "user_name"],
  ["aws_iam_user_login_profile", "user"],
  ["aws_iam_user_ssh_key", "username"],
  ["aws_iot_role_alias", "alias"],
  ["aws_rolesanywhere_profile", "name"],
  ["aws_rolesanywhere_trust_anchor", "name"],
  ["aws_ssm_activation", "name"],
]);

/** Whether a resource is a credential or an identity provider, which `readEntrance` reads. */
export function isEntrance({ mode, type }: TerraformBlock): boolean {
  return mode === "resource" && SUBJECTS.has(type);
}

/** A credential or an identity provider of the account of its provider block, however many of it there are. */
export const readEntrance: ReadBlock = (reader, block, found) => {
  const accountId = tryKnownText(reader.references.accountId(block));
  if (accountId === undefined) {
    reader.report(block.address, "provider", "into which account it lets somebody is not known");
  }
  const subject = subjectOf(reader, block, SUBJECTS.get(block.type) ?? "name");
  found.entrances.push({
    type: block.type,
    ...(accountId !== undefined && { accountId }),
    ...(subject !== undefined && { subject }),
    origin: reader.origin(block),
  });
};

/** `aws_ssoadmin_account_assignment`: lets somebody into the account that it names, by a permission set; into any where that is not known. */
export const readAssignment =
  (permissionSet: string | undefined): ReadBlock =>
  (reader, block, found) => {
    const accountId = tryKnownText(reader.references.text(block.body.target_id));
    found.entrances.push({
      type: block.type,
      ...(accountId !== undefined && isAccountId(accountId) && { accountId }),
      ...(permissionSet !== undefined && { subject: permissionSet }),
      origin: reader.origin(block),
    });
  };

function subjectOf(
  reader: BlockReader,
  block: TerraformBlock,
  argument: string,
): string | undefined {
  const value = block.body[argument];
  const traversal = tryWholeTraversal(value);
  const referred = traversal && reader.stack.blockAt.get(traversal.address);
  return tryKnownText(
    referred?.type === "aws_iam_user"
      ? reader.references.attribute(referred, "name")
      : reader.references.text(value),
  );
}
