import type { RequestValues } from "../../estate/request-values";
import type { KeyValue } from "../../estate/sample-values";

/** What a request carries, in words: `MFA`, `external ID "some-key"`; the first that is carried first. */
export function requestWords(values: RequestValues): readonly string[] {
  return [...values].flatMap(([key, value]) =>
    value === undefined || TIMES.has(key.toLowerCase()) ? [] : [keyWords(key, value)],
  );
}

const TIMES: ReadonlySet<string> = new Set([
  ...["aws:currenttime", "aws:epochtime", "aws:sourceip"],
]);

/** One key with its value, as what a request needs: `MFA`, `external ID "some-key"`. */
export function keyWords(key: string, value: KeyValue): string {
  const lowerCase = key.toLowerCase();
  if (lowerCase === "aws:multifactorauthpresent") return "MFA";
  const text = typeof value === "string" ? value : (value ?? []).join(", ");
  const [, pair] = /^kms:encryptioncontext:(.+)$/i.exec(key) ?? [];
  if (pair !== undefined) return `encryption context ${pair} = ${text}`;
  const noun = nounOf(lowerCase);
  const shown = lowerCase === "sts:externalid" ? JSON.stringify(text) : text;
  return noun === undefined ? `${key} = ${text}` : `${noun} ${shown}`;
}

/** A key alone: `external ID`. */
export function keyNoun(key: string): string {
  return nounOf(key.toLowerCase()) ?? `value of ${key}`;
}

/** Claims of a token by what they are, since the key tells the provider alone. */
function nounOf(lowerCase: string): string | undefined {
  const [, claim] = /\.[a-z]+(?:\/[^:]*)?:(sub|aud)$/.exec(lowerCase) ?? [];
  if (claim !== undefined) return claim === "sub" ? "token subject" : "token audience";
  return NOUNS.get(lowerCase);
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["sts:externalid", "external ID"],
  ["aws:principalorgid", "organization"],
  ["aws:multifactorauthage", "MFA sign-in of (seconds)"],
  ["sts:rolesessionname", "session name"],
  ["sts:sourceidentity", "source identity"],
  ["aws:sourceip", "source address"],
  ["aws:sourceaccount", "source account"],
  ["aws:sourceorgid", "source organization"],
  ["aws:requestedregion", "Region"],
  ["aws:sourcevpce", "VPC endpoint"],
  ["aws:sourcevpc", "VPC"],
  ["aws:tagkeys", "session tags"],
  ["kms:viaservice", "service"],
]);
