import type { Credentials } from "./sigv4";

/** An AWS configuration file with named profiles. */
export function awsConfig(profiles: Readonly<Record<string, Credentials>>): string {
  return Object.entries(profiles)
    .map(
      ([name, { accessKeyId, secretAccessKey }]) =>
        `[profile ${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    )
    .join("\n");
}

/** The environment variables of credentials. */
export function credentialVariables(credentials: Credentials): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
}
