import type { AccessRequest } from "./request";
import { parseTemplate, resolveTemplate, splitOutsideVariables } from "./policy-variables";
import type { ValueTemplate } from "./policy-variables";
import { and, or, truthOf, type Truth } from "./three-valued";
import {
  hasWildcard,
  matchesPattern,
  parsePattern,
  type WildcardPattern,
} from "./wildcard-pattern";

/** The resources of a `Resource` or `NotResource` element. */
export interface NamedResources {
  /** `*` is among them. */
  readonly all: boolean;
  /** Full ARNs without wildcards and variables; there may be hundreds. */
  readonly arns: ReadonlySet<string>;
  readonly patterns: readonly ArnPattern[];
}

interface ArnPattern {
  /** The five parts before the resource, then the resource. */
  readonly parts: readonly ValueTemplate[];
  /** The pattern as one text, in which `*` runs on over colons; undefined with variables. */
  readonly whole?: WildcardPattern;
  /** Whether a match is not certain: a pattern that is not of the documented form. */
  readonly irregular: boolean;
  /** Whether the same holds where the service's ARNs have a resource type: a wildcard within it. */
  readonly irregularType: boolean;
}

const ARN_PARTS = 6;

/** Reads a `Resource` or `NotResource` element. */
export function compileResources(resources: readonly string[], variables: boolean): NamedResources {
  const isPlain = (text: string): boolean =>
    text.startsWith("arn:") &&
    !hasWildcard(text) &&
    !text.includes("${") &&
    text.split(":").length >= ARN_PARTS;
  return {
    all: resources.some((text) => /^\*+$/.test(text)),
    arns: new Set(resources.filter(isPlain)),
    patterns: resources
      .filter((text) => !isPlain(text) && !/^\*+$/.test(text))
      .map((text) => compilePattern(text, variables)),
  };
}

/**
 * Whether the resource of a request is among the resources (IAM User Guide, "IAM JSON policy elements: Resource" and
 * "IAM identifiers"): wildcards within the parts between colons, a short ARN filled up with `*`, a
 * variable without value matches nothing. Where AWS's pages disagree or refuse the form, `unknown`.
 */
export function matchesResources(named: NamedResources, check: AccessRequest): Truth {
  const { arn, otherArns = [] } = check.resource;
  let matched = matchesArn(named, arn, check);
  for (const other of otherArns) matched = or(matched, matchesArn(named, other, check));
  return matched;
}

function matchesArn(
  { all, arns, patterns }: NamedResources,
  arn: string,
  check: AccessRequest,
): Truth {
  if (all || arns.has(arn)) return "yes";
  let matched: Truth = "no";
  for (const pattern of patterns) matched = or(matched, matchesArnPattern(pattern, arn, check));
  return matched;
}

function matchesArnPattern(pattern: ArnPattern, arn: string, check: AccessRequest): Truth {
  const pieces = arn.split(":");
  const parts = [...pieces.slice(0, ARN_PARTS - 1), pieces.slice(ARN_PARTS - 1).join(":")];
  const matched = pattern.parts
    .map((template, index): Truth => {
      const resolved = resolveTemplate(template, check);
      if (resolved === "unknown") return "unknown";
      return truthOf(resolved !== "no value" && matchesPattern(resolved, parts[index] ?? ""));
    })
    .reduce(and, "yes");
  if (matched !== "no") {
    const irregular =
      pattern.irregular || (pattern.irregularType && !WITHOUT_TYPE.includes(pieces[2]));
    return irregular ? "unknown" : matched;
  }
  // "If the * wildcard is the last character of a resource ARN segment, it can expand to match
  // beyond the colon boundaries", which other pages contradict.
  const { whole } = pattern;
  return whole !== undefined && matchesPattern(whole, arn) ? "unknown" : "no";
}

function compilePattern(text: string, variables: boolean): ArnPattern {
  const pieces = splitOutsideVariables(text, ":");
  const head = pieces.slice(0, ARN_PARTS - 1);
  const resource = pieces.slice(ARN_PARTS - 1).join(":");
  const missing = Array.from({ length: Math.max(0, ARN_PARTS - pieces.length) }, () => "*");
  const filled = pieces.length < ARN_PARTS ? [...head, ...missing] : [...head, resource];
  const hasVariable = variables && text.includes("${");
  return {
    parts: filled.map((part) => parseTemplate(part, { variables, wildcards: true })),
    whole: hasVariable ? undefined : parsePattern(text),
    irregular: isIrregular(head, variables),
    // "IAM does not allow … arn:aws:iam::123456789012:u*".
    irregularType: resource !== "*" && hasWildcard(resource.split(/[/:]/, 1)[0]),
  };
}

/** Services in whose ARNs the resource begins with its name: `arn:aws:s3:::NAME`. */
const WITHOUT_TYPE: readonly string[] = ["s3", "sns", "sqs"];

/** Forms that AWS says it does not allow, but may well have accepted. */
function isIrregular(head: readonly string[], variables: boolean): boolean {
  return head[0] !== "arn" || (variables && head.some((part) => part.includes("${")));
}
