import { revokeOlderSessionsPolicy } from "../iam/revoke-older-sessions";
import { digestOf } from "./trust-terms";

/** Stands among a role's terms for the denial of older sessions; no trust has such a key. */
export const SEAL_KEY = "(older sessions denied)";

/** How outputs and the lock know that older sessions of a role are denied; nothing where they are not. */
export function sealTerms(before: string | undefined): Readonly<Record<string, string>> {
  if (before === undefined) return {};
  return { [SEAL_KEY]: digestOf(revokeOlderSessionsPolicy(before)) };
}
