import { type ParseError, printParseErrorCode } from "jsonc-parser";
import { type ProblemText, inputError } from "./input-error";
import type { LineIndex } from "./line-index";
import type { Problem } from "./problem";
import { quote } from "./show-value";

/** Most syntax errors told of one file: later ones are mostly consequences of the first. */
const MAX_TOLD = 5;

/** What is wrong at an offset; after a `final` one the parser only guesses. */
interface Mistake extends ProblemText {
  readonly offset: number;
  readonly final?: true;
  /** The parser takes the rest of the number for a key: of what follows, only the same is told. */
  readonly isLeadingZero?: true;
}

/** The syntax errors of a JSON text as problems: one per line, and none that only follows. */
export function syntaxProblems(
  text: string,
  errors: readonly ParseError[],
  lines: LineIndex,
): readonly Problem[] {
  const problems = new Map<number, Problem>();
  let onlyLeadingZeros = false;
  for (const error of errors) {
    const { offset, final, isLeadingZero = false, ...said } = describe(text, error);
    if (onlyLeadingZeros && !isLeadingZero) continue;
    onlyLeadingZeros = isLeadingZero;
    const location = lines.locate(offset);
    if (problems.has(location.line)) continue;
    problems.set(location.line, inputError(location, [], said));
    if (final || problems.size === MAX_TOLD) break;
  }
  return [...problems.values()];
}

function describe(text: string, error: ParseError): Mistake {
  const { offset, length } = error;
  const token = text.slice(offset, offset + length);
  switch (printParseErrorCode(error.error)) {
    case "InvalidCommentToken":
      return {
        offset,
        expected: "JSON, which has no comments",
        found: `the comment ${quote(token.slice(0, 40))}`,
        remedy: 'remove it, or write it as the text of a "notes" key',
      };
    case "UnexpectedEndOfString":
      return {
        offset,
        expected: 'a closing " on the same line',
        found: "the end of the line",
        remedy: "close the text, and write a line break inside it as \\n",
        final: true,
      };
    case "InvalidCharacter":
    case "InvalidEscapeCharacter":
    case "InvalidUnicode":
      return {
        offset,
        expected: 'a text with only the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
        found: quote(token.slice(0, 40)),
        remedy: "write a backslash as \\\\, a tab as \\t and a line break as \\n",
      };
    case "UnexpectedEndOfNumber":
      return {
        offset,
        expected: "a complete number",
        found: quote(token),
        remedy: "complete the number, or put it in quotes if it is a text",
      };
    case "EndOfFileExpected":
      return {
        offset,
        expected: "the end of the file",
        found: shown(text, offset),
        remedy: "remove what follows the first value, or check the brackets before it",
        final: true,
      };
    default:
      return trailingComma(text, offset) ?? leadingZero(text, offset) ?? structural(text, error);
  }
}

/** A comma before a closing bracket: told where the comma stands. */
function trailingComma(text: string, offset: number): Mistake | undefined {
  if (!/[\]}]/.test(text.charAt(offset))) return undefined;
  const before = text.slice(0, offset).trimEnd();
  if (!before.endsWith(",")) return undefined;
  return {
    offset: before.length - 1,
    expected: `no comma before the closing ${text[offset]}`,
    found: '","',
    remedy: "remove the comma",
  };
}

/** `012345678901`: to JSON a zero, then another number. Nearly always an account ID. */
function leadingZero(text: string, offset: number): Mistake | undefined {
  const digits = /^\d+/.exec(text.slice(offset, offset + 40));
  if (digits === null || text[offset - 1] !== "0" || /[\d.]/.test(text.charAt(offset - 2))) {
    return undefined;
  }
  return {
    offset: offset - 1,
    isLeadingZero: true,
    expected: "a number without a leading zero, or a text in quotes",
    found: `0${digits[0]}`,
    remedy: `${digits[0].length < 8 ? "remove the zero, or put the text" : "put the account id"} in quotes: "0${digits[0]}"`,
  };
}

function structural(text: string, error: ParseError): Mistake {
  const { offset } = error;
  const code = printParseErrorCode(error.error);
  const found = shown(text, offset);
  const next = text.charAt(offset);
  if (code === "InvalidSymbol") return strayWord(text, error);
  if (code === "CommaExpected" && !/[\]}]/.test(next)) {
    const recovers = next === '"' ? {} : { final: true as const };
    return { offset, expected: "a comma", found, remedy: "add a comma before it", ...recovers };
  }
  const closing = closingExpected(code, next);
  if (closing !== undefined) {
    return {
      offset,
      expected: `the closing ${closing}`,
      found,
      remedy: `add the ${closing} where its list or object ends`,
      final: true,
    };
  }
  if (code === "ColonExpected") {
    const remedy = "add a colon between the key and its value";
    return { offset, expected: "a colon after the key", found, remedy, final: true };
  }
  const isKey = code === "PropertyNameExpected";
  return {
    offset,
    expected: isKey ? "a key in double quotes" : "a value",
    found,
    remedy:
      next === ","
        ? "remove the comma, or write what is missing before it"
        : `write the ${isKey ? "key in double quotes" : "missing value"}`,
    final: true,
  };
}

/** The bracket that should stand where a list or object is not closed, or closed by the wrong one. */
function closingExpected(code: string, next: string): string | undefined {
  if (code === "CloseBraceExpected") return "}";
  if (code === "CloseBracketExpected") return "]";
  if (code !== "CommaExpected") return undefined;
  return next === "}" ? "]" : "}";
}

/** Words that other languages write where JSON has true, false and null. */
const JSON_WORDS: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["TRUE", "true"],
  ["yes", "true"],
  ["False", "false"],
  ["FALSE", "false"],
  ["no", "false"],
  ["None", "null"],
  ["NULL", "null"],
  ["Null", "null"],
]);

function strayWord(text: string, error: ParseError): Mistake {
  const { offset, length } = error;
  const word = text.slice(offset, offset + length);
  const isKey = /^\s*:/.test(text.slice(offset + length, offset + length + 40));
  const meant = JSON_WORDS.get(word);
  return {
    offset,
    expected: isKey
      ? "a key in double quotes"
      : "a text in double quotes, a number, true, false, null, a list or an object",
    found: word.length > 40 ? `${word.slice(0, 40)}…` : word,
    remedy:
      meant === undefined || isKey
        ? 'put it in double quotes ("), or remove it'
        : `write ${meant}, or put it in double quotes`,
    ...(isKey && { final: true as const }),
  };
}

/** What stands at an offset, for people. */
function shown(text: string, offset: number): string {
  const rest = /^\S{1,20}/.exec(text.slice(offset, offset + 40));
  return rest === null ? "the end of the file" : quote(rest[0]);
}
