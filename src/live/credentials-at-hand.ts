import type { Account } from "../model/model";
import type { LiveAws } from "./live-aws";
import { NoCredentialsError } from "./no-credentials-error";
import { SdkAws } from "./sdk-aws";

/** Makes AWS by a profile's credentials, or the environment's where none is named. */
export type Connect = (region: string, profile?: string) => LiveAws;

/** AWS by the AWS SDK. */
export const connectBySdk: Connect = (region, profile) =>
  new SdkAws(
    profile === undefined ? { kind: "environment" } : { kind: "profile", profile },
    region,
  );

/**
 * AWS by each of the credentials at hand that work: the environment's, and those of the profiles that
 * accounts name. Throws a NoCredentialsError where none does.
 */
export async function credentialsAtHand(
  accounts: readonly Account[],
  region: string,
  connect: Connect,
): Promise<readonly LiveAws[]> {
  const profiles = [
    undefined,
    ...new Set(accounts.flatMap(({ profile }) => (profile === undefined ? [] : [profile]))),
  ];
  const failures: string[] = [];
  const working: LiveAws[] = [];
  for (const profile of profiles) {
    const aws = connect(region, profile);
    try {
      await aws.caller();
      working.push(aws);
    } catch (error) {
      const name = profile === undefined ? "the environment" : `profile ${profile}`;
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (working.length === 0) throw new NoCredentialsError(failures);
  return working;
}
