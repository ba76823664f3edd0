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
  const noun = NOUNS.get(lowerCase);
  const shown = lowerCase === "sts:externalid" ? JSON.stringify(text) : text;
  return noun === undefined ? `${key} = ${text}` : `${noun} ${shown}`;
}

/** A key alone: `external ID`. */
export function keyNoun(key: string): string {
  return NOUNS.get(key.toLowerCase()) ?? `value of ${key}`;
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["sts:externalid", "external ID"],
  ["aws:principalorgid", "organization"],
  ["aws:multifactorauthage", "MFA sign-in of (seconds)"],
  ["sts:rolesessionname", "session name"],
  ["sts:sourceidentity", "source identity"],
  ["aws:sourceip", "source address"],
  ["aws:sourcevpce", "VPC endpoint"],
  ["aws:sourcevpc", "VPC"],
  ["aws:tagkeys", "session tags"],
  ["kms:viaservice", "service"],
]);
