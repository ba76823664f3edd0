import type { AccessRequest } from "./request";
import { isUncertain, lookUpKey } from "./request-keys";
import {
  literalCodes,
  patternOfCodes,
  wildcardCodes,
  type WildcardPattern,
} from "./wildcard-pattern";

/** A value of a policy, which may hold policy variables. */
export type ValueTemplate =
  | { readonly kind: "fixed"; readonly pattern: WildcardPattern }
  | { readonly kind: "variable"; readonly parts: readonly TemplatePart[] };

type TemplatePart =
  | { readonly kind: "codes"; readonly codes: readonly number[] }
  /** `key` in lower case. */
  | { readonly kind: "key"; readonly key: string; readonly fallback?: string };

/** How a value is read. */
export interface TemplateSyntax {
  /** Whether `${…}` is a variable: only in policies of version 2012-10-17. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
}

/**
 * Reads a value of a policy (IAM User Guide, "IAM policy elements: Variables and tags"): `${key}`,
 * `${key, 'default'}` and the literal characters `${*}`, `${?}` and `${$}`.
 */
export function parseTemplate(text: string, syntax: TemplateSyntax): ValueTemplate {
  const parts = parseParts(text, syntax);
  const codes = parts.flatMap((part) => (part.kind === "codes" ? part.codes : []));
  return parts.every((part) => part.kind === "codes")
    ? { kind: "fixed", pattern: patternOfCodes(codes) }
    : { kind: "variable", parts };
}

/** `no value`: a variable without default whose key the request does not carry. */
export type ResolvedTemplate = WildcardPattern | "no value" | "unknown";

/** Fills in the variables. A `*` in a key's value or in a default is a plain character. */
export function resolveTemplate(template: ValueTemplate, check: AccessRequest): ResolvedTemplate {
  if (template.kind === "fixed") return template.pattern;
  const codes: number[] = [];
  for (const part of template.parts) {
    if (part.kind === "codes") {
      codes.push(...part.codes);
      continue;
    }
    const value = lookUpKey(check, part.key);
    if (isUncertain(value)) return "unknown";
    // A key with several values has no single one to fill in.
    const text = typeof value === "string" ? value : part.fallback;
    if (text === undefined) return "no value";
    codes.push(...literalCodes(text));
  }
  return patternOfCodes(codes);
}

/** Splits a text at a separator, but not inside of `${…}`. */
export function splitOutsideVariables(text: string, separator: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("${", at)) {
      const end = text.indexOf("}", at);
      at = end < 0 ? at + 2 : end + 1;
    } else if (text[at] === separator) {
      pieces.push(text.slice(start, at));
      start = ++at;
    } else {
      at++;
    }
  }
  return [...pieces, text.slice(start)];
}

function parseParts(text: string, syntax: TemplateSyntax): readonly TemplatePart[] {
  const codesOf = syntax.wildcards ? wildcardCodes : literalCodes;
  if (!syntax.variables) return [{ kind: "codes", codes: codesOf(text) }];
  const parts: TemplatePart[] = [];
  let rest = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    parts.push({ kind: "codes", codes: codesOf(text.slice(rest, match.index)) });
    parts.push(parseVariable(match[1]));
    rest = match.index + match[0].length;
  }
  return [...parts, { kind: "codes", codes: codesOf(text.slice(rest)) }];
}

function parseVariable(inside: string): TemplatePart {
  if (["*", "?", "$"].includes(inside)) return { kind: "codes", codes: literalCodes(inside) };
  const [, key, fallback] = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/.exec(inside) ?? [];
  // What is not a variable's form names no key, so that it never has a value.
  return { kind: "key", key: (key ?? inside).toLowerCase(), fallback };
}
