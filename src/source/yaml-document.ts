import { type CST, Composer, type Document, Lexer, Parser, type YAMLError } from "yaml";
import { inputError } from "./input-error";
import type { LineIndex } from "./line-index";
import { MAX_DEPTH } from "./parse-result";
import type { Problem } from "./problem";
import { TreeProblems } from "./tree-problems";

/** Most syntax errors told of one file: later ones are mostly consequences of the first. */
const MAX_TOLD = 3;

/**
 * What the parser's stack holds besides open collections: the document, the scalar at its top, and
 * room so that only the exact count in the tree refuses what is close to the limit.
 */
const STACK_SLACK = 8;

/**
 * Most tokens of a YAML file: 50,000 accounts. yaml takes half a kilobyte for each, and a process
 * that runs out of memory cannot say why.
 */
const MAX_TOKENS = 2_000_000;

/** Most misplaced signs and directives that are read: composing each costs much, and none helps. */
const MAX_ODDITIES = 100;

/** The one document of a YAML text; none with its problems when it is not valid YAML. */
export function composeYaml(
  text: string,
  lines: LineIndex,
): { readonly document?: Document.Parsed; readonly problems: readonly Problem[] } {
  const guard = new Guard(lines);
  // `schema` also holds under a %YAML 1.1 directive, which would read 012345670123 as octal.
  const composer = new Composer({
    schema: "core",
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: "silent",
  });
  let document: Document.Parsed | undefined;
  for (const composed of composer.compose(guard.tokens(text), true, text.length)) {
    if (document !== undefined) {
      return { problems: [secondDocument(lines, composed.range[0])] };
    }
    document = composed;
  }
  if (guard.problems.length > 0) return { problems: guard.problems };
  const mistakes = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  if (mistakes.length > 0) return { problems: syntaxProblems(mistakes, lines) };
  return { document, problems: [] };
}

/**
 * Feeds a text to yaml's parser token by token, and stops before what nothing could catch: the
 * parser's own stack, which has one element for each open collection, growing past the limit
 * (composing recurses), or more tokens than memory holds.
 */
class Guard {
  private readonly found: TreeProblems;

  constructor(lines: LineIndex) {
    this.found = new TreeProblems(lines);
  }

  get problems(): readonly Problem[] {
    return this.found.all;
  }

  *tokens(text: string): Generator<CST.Token> {
    const parser = new Parser();
    let count = 0;
    let oddities = 0;
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        yield token;
        if (token.type === "error" || token.type === "directive") oddities += 1;
      }
      if (oddities > MAX_ODDITIES) {
        return this.found.add(parser.offset, [], {
          expected: "a YAML file",
          found: `more than ${MAX_ODDITIES} signs or directives that mean nothing here`,
          remedy: "check whether this is the right file",
        });
      }
      count += 1;
      if (parser.stack.length > MAX_DEPTH + STACK_SLACK) {
        return this.found.nestedTooDeep(parser.offset);
      }
      if (count > MAX_TOKENS) {
        return this.found.add(parser.offset, [], {
          expected: `a YAML file of at most ${MAX_TOKENS} words and signs`,
          found: "more",
          remedy: "write it as JSON, or split it with include",
        });
      }
    }
    yield* parser.end();
  }
}

function secondDocument(lines: LineIndex, offset: number): Problem {
  return inputError(lines.locate(offset), [], {
    expected: "one YAML document",
    found: "a second one",
    remedy: 'remove the "---" before it, or split the file',
  });
}

/** Frequent mistakes in words that do not presume YAML's own. */
const SAID: ReadonlyMap<string, Pick<Problem, "found" | "remedy">> = new Map([
  ["TAB_AS_INDENT", { found: "a tab in the indentation", remedy: "indent with spaces" }],
  [
    "MULTILINE_IMPLICIT_KEY",
    {
      found: "a text that goes on in the next line, where a key is expected",
      remedy: "write a space after the colon, or correct the indentation",
    },
  ],
  [
    "BAD_INDENT",
    { found: "another indentation than beside it", remedy: "indent it like what it belongs to" },
  ],
  ["TAG_RESOLVE_FAILED", { found: "a tag (!…)", remedy: "take the tag out, or quote the text" }],
]);

function syntaxProblems(mistakes: readonly YAMLError[], lines: LineIndex): readonly Problem[] {
  const problems = new Map<number, Problem>();
  for (const { code, message, pos } of mistakes.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const location = lines.locate(pos[0]);
    if (problems.has(location.line)) continue;
    const said = SAID.get(code) ?? {
      found: `a mistake (${message})`,
      remedy: "correct the syntax here",
    };
    problems.set(location.line, inputError(location, [], { expected: "valid YAML 1.2", ...said }));
    if (problems.size === MAX_TOLD) break;
  }
  return [...problems.values()];
}
