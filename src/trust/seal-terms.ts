import { revokeOlderSessionsPolicy } from "../iam/revoke-older-sessions";
import { digestOf } from "./trust-terms";

/** How outputs and the lock know that older sessions of a role are denied; nothing where they are not. */
export function sealTerms(before: string | undefined): Readonly<Record<string, string>> {
  if (before === undefined) return {};
  return { "(older sessions denied)": digestOf(revokeOlderSessionsPolicy(before)) };
}
