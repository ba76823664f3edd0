import { asArray, type PolicyDocument } from "../iam/policy-document";
import { tooDeepInJson } from "../source/json-depth";
import { parseJson } from "../source/parse-json";
import { mayBearOnAssumingRoles } from "./assume-role-actions";
import type { Unknown } from "./estate";
import { NotAPolicy, policyDocumentOf } from "./policy-document-shape";
import type { ResolvedText, Unresolved } from "./resolved-text";
import { explainUnresolved, MarkedText, tryKnownText, unresolvedOf } from "./resolved-text";

/** A policy text after reading: a document, or none where what it says is not known. */
export interface PolicyReading {
  readonly document?: PolicyDocument;
  /** What could not be told, for the estate's unknowns. */
  readonly unknowns: readonly Pick<Unknown, "reason" | "bearing">[];
}

/**
 * Reads a policy on a resource other than a role. With an unresolved reference anywhere it is unknown:
 * whom it names and what of the resource it speaks of decides.
 */
export function readResourcePolicy(text: ResolvedText): PolicyReading {
  const parsed = parsePolicy(text);
  if (typeof parsed === "string") return unknownPolicy(parsed, "resources");
  return unresolvedOf(text).length === 0
    ? { document: parsed.document, unknowns: [] }
    : unknownPolicy(explainUnresolved(text), "resources");
}

/**
 * Reads an identity policy or trust policy.
 *
 * A policy that holds an unresolved reference is unknown, with one exception: a plain attribute such
 * as a table's ARN, in a statement whose actions have nothing to do with assuming roles, can change
 * nothing there. It stays in the document as `${address.attribute}`, and is reported all the same.
 */
export function readPolicy(text: ResolvedText): PolicyReading {
  const parsed = parsePolicy(text);
  if (typeof parsed === "string") return unknownPolicy(parsed);
  const { document: statements, marks } = parsed;
  if (unresolvedOf(text).length === 0) return { document: statements, unknowns: [] };

  const harmless = asArray(statements.Statement).every(
    (statement) =>
      unresolvedIn(statement, marks).length === 0 ||
      (unresolvedIn(statement, marks).every(isPlainAttribute) &&
        unresolvedIn([statement.Effect, statement.Action, statement.NotAction], marks).length ===
          0 &&
        !mayBearOnAssumingRoles(statement)),
  );
  if (!harmless || unresolvedIn([statements.Version], marks).length > 0) {
    return unknownPolicy(explainUnresolved(text));
  }
  const spelled = marks
    .unmark(JSON.stringify(statements))
    .map((part) => (typeof part === "string" ? part : `\${${part.expression}}`))
    .join("");
  return {
    document: policyDocumentOf(JSON.parse(spelled)),
    unknowns: [{ reason: explainUnresolved(text), bearing: "other" }],
  };
}

/**
 * A `readPolicy` that reads each text once. Roles that trust the same then share a document, and with it
 * what is kept by document: compiled statements, and the atoms that a diff compares.
 */
export function policyReader(): (text: ResolvedText) => PolicyReading {
  const readings = new Map<string, PolicyReading>();
  return (text) => {
    const known = tryKnownText(text);
    if (known === undefined) return readPolicy(text);
    const reading = readings.get(known) ?? readPolicy(text);
    readings.set(known, reading);
    return reading;
  };
}

/** A policy with marks in place of what is unresolved; why it is none, where it is none. */
function parsePolicy(
  text: ResolvedText,
): string | { readonly document: PolicyDocument; readonly marks: MarkedText } {
  const marks = new MarkedText();
  const marked = marks.mark(text);
  if (tooDeepInJson(marked) !== undefined) return "nested too deep";
  try {
    const json: unknown = JSON.parse(marked);
    const document = policyDocumentOf(json);
    return hasKeyTwice(marked, json)
      ? "a key stands twice: AWS does not say which counts"
      : { document, marks };
  } catch (error) {
    if (unresolvedOf(text).length > 0) return explainUnresolved(text);
    if (error instanceof SyntaxError) return `not JSON: ${error.message}`;
    if (error instanceof NotAPolicy) return error.message;
    throw error;
  }
}

/** Whether an object has a key twice, of which parsing drops one. */
function hasKeyTwice(text: string, json: unknown): boolean {
  // Most policies are written as they come out again. Parsing with positions costs many times as much.
  return JSON.stringify(json) !== text && parseJson("policy", text).problems.length > 0;
}

function unknownPolicy(reason: string, bearing: Unknown["bearing"] = "access"): PolicyReading {
  return { unknowns: [{ reason, bearing }] };
}

function unresolvedIn(value: unknown, marks: MarkedText): readonly Unresolved[] {
  return unresolvedOf(marks.unmark(JSON.stringify(value)));
}

/**
 * Whether an expression is an AWS resource's identifier. Other texts (a variable, a secret) might
 * hold quotes, and so end the JSON string that they stand in and say anything.
 */
function isPlainAttribute({ expression }: Unresolved): boolean {
  return /^(data\.)?aws_[a-z0-9_]+\.[\w-]+\.([a-z_]+_)?(arn|id|name|bucket)$/.test(expression);
}
