import type { RequestContext } from "../iam/evaluation/request";
import type { OneOrMany } from "../iam/policy-document";
import type { KeyValue } from "./sample-values";

/** Condition keys, each in one spelling, to what a request carries for them. */
export type RequestValues = ReadonlyMap<string, KeyValue>;

/** A condition key that requests may carry with several values. */
export interface KeyValues {
  /** As a policy spells it. */
  readonly key: string;
  readonly values: readonly KeyValue[];
}

/** Each key with each of its values, in every combination; the first key's values change first. */
export function* everyCombination(keys: readonly KeyValues[]): Generator<RequestValues> {
  const at = keys.map(() => 0);
  for (;;) {
    yield new Map(keys.map(({ key, values }, index) => [key, values[at[index]]]));
    const next = at.findIndex((position, index) => position + 1 < keys[index].values.length);
    if (next === -1) return;
    at[next] += 1;
    at.fill(0, 0, next);
  }
}

/** The request context in which condition keys have these values. */
export function contextOf(values: RequestValues): RequestContext {
  const context: Writable = {};
  const keys = new Map<string, OneOrMany<string>>();
  const tags = new Map<string, string>();
  for (const [key, value] of values) {
    if (value === undefined) continue;
    const [text = ""] = typeof value === "string" ? [value] : value;
    const name = key.toLowerCase();
    switch (name) {
      case "sts:externalid":
        context.externalId = text;
        break;
      case "aws:principalorgid":
        context.organizationId = text;
        break;
      case "sts:sourceidentity":
        context.sourceIdentity = text;
        break;
      case "sts:rolesessionname":
        context.roleSessionName = text;
        break;
      case "aws:sourceip":
        context.sourceIp = text;
        break;
      case "aws:currenttime":
        context.time = text;
        break;
      case "aws:epochtime":
        // They tell one moment.
        context.time ??= text;
        break;
      case "aws:multifactorauthpresent":
        context.mfa = true;
        break;
      case "aws:multifactorauthage":
        context.mfa = true;
        context.mfaAge = Number(text);
        break;
      case "sts:transitivetagkeys":
        context.transitiveTagKeys = typeof value === "string" ? [value] : value;
        break;
      case "aws:tagkeys":
        for (const tag of typeof value === "string" ? [value] : value) {
          tags.set(tag, tags.get(tag) ?? "any");
        }
        break;
      default:
        if (name.startsWith(REQUEST_TAG)) tags.set(key.slice(REQUEST_TAG.length), text);
        else keys.set(key, value);
    }
  }
  return {
    ...context,
    ...(tags.size > 0 && { sessionTags: Object.fromEntries(tags) }),
    ...(keys.size > 0 && { keys: Object.fromEntries(keys) }),
  };
}

const REQUEST_TAG = "aws:requesttag/";

type Writable = { -readonly [K in keyof RequestContext]: RequestContext[K] };
