import type { Aws } from "./aws";
import { AwsError, firstText } from "./aws";
import type { Credentials } from "./sigv4";

/** What a caller gives with its request to assume a role. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly externalId?: string;
}

/** The credentials of a session of the role, or AWS's refusal. */
export type AssumeRoleAnswer =
  | { readonly verdict: "allowed"; readonly credentials: Credentials }
  | { readonly verdict: "denied" };

/** Asks STS for a session of a role. Throws for every refusal but AccessDenied. */
export async function assumeRole(
  aws: Aws,
  { roleArn, externalId }: AssumeRoleRequest,
): Promise<AssumeRoleAnswer> {
  try {
    const xml = await aws.sts("AssumeRole", {
      RoleArn: roleArn,
      RoleSessionName: "end-to-end",
      ...(externalId !== undefined && { ExternalId: externalId }),
    });
    return { verdict: "allowed", credentials: credentialsIn(xml) };
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") return { verdict: "denied" };
    throw error;
  }
}

/** The credentials in an answer of STS or of `iam:CreateAccessKey`. */
export function credentialsIn(xml: string): Credentials {
  const accessKeyId = firstText(xml, "AccessKeyId");
  const secretAccessKey = firstText(xml, "SecretAccessKey");
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error(`expected access keys, found ${xml}`);
  }
  return { accessKeyId, secretAccessKey, sessionToken: firstText(xml, "SessionToken") };
}
