import type { Aws } from "./aws";
import { AwsError, firstText } from "./aws";
import type { Credentials } from "./sigv4";

/** What a caller gives with its request to assume a role. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly externalId?: string;
  /** @default "end-to-end" */
  readonly sessionName?: string;
  /** Session tags. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The credentials of a session of the role, or AWS's refusal. */
export type AssumeRoleAnswer =
  | { readonly verdict: "allowed"; readonly credentials: Credentials }
  | { readonly verdict: "denied" };

/** What a token of an OpenID Connect issuer says. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
}

/** Asks STS for a session of a role. Throws for every refusal but AccessDenied. */
export function assumeRole(
  aws: Aws,
  { roleArn, externalId, sessionName = "end-to-end", tags = {} }: AssumeRoleRequest,
): Promise<AssumeRoleAnswer> {
  return ask(
    aws.sts("AssumeRole", {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ...(externalId !== undefined && { ExternalId: externalId }),
      ...Object.fromEntries(
        Object.entries(tags).flatMap(([key, value], index) => [
          [`Tags.member.${index + 1}.Key`, key],
          [`Tags.member.${index + 1}.Value`, value],
        ]),
      ),
    }),
  );
}

/** Asks STS for a session of a role with a token, whose signature the emulator does not look at. */
export function assumeRoleWithToken(
  aws: Aws,
  roleArn: string,
  claims: TokenClaims,
): Promise<AssumeRoleAnswer> {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return ask(
    aws.sts("AssumeRoleWithWebIdentity", {
      RoleArn: roleArn,
      RoleSessionName: "end-to-end",
      WebIdentityToken: `${part({ alg: "RS256" })}.${part(claims)}.${part("signature")}`,
    }),
  );
}

async function ask(answer: Promise<string>): Promise<AssumeRoleAnswer> {
  try {
    return { verdict: "allowed", credentials: credentialsIn(await answer) };
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
