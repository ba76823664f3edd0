import { type ProblemText, inputError } from "./input-error";
import type { LineIndex } from "./line-index";
import { MAX_DEPTH } from "./parse-result";
import type { Problem } from "./problem";
import { quote } from "./show-value";
import type { DataPath } from "./source-document";

/** Most problems told of one file's text: a broken generator repeats one mistake a million times. */
const MAX_TOLD = 100;

/** Collects what is wrong with a file that can be parsed, whatever its values mean. */
export class TreeProblems {
  private readonly collected: Problem[] = [];

  constructor(private readonly lines: LineIndex) {}

  get all(): readonly Problem[] {
    return this.collected;
  }

  /** Adds a problem at an offset of the file. */
  add(offset: number, path: DataPath, text: ProblemText): void {
    if (this.collected.length === MAX_TOLD) return;
    this.collected.push(inputError(this.lines.locate(offset), path, text));
  }

  /** Nested too deep: parsers and validators recurse. */
  nestedTooDeep(offset: number, path: DataPath = []): void {
    this.add(offset, path, {
      expected: `at most ${MAX_DEPTH} levels of lists and objects inside each other`,
      found: "more",
      remedy: "check whether this is the right file",
    });
  }

  /** A key that stands twice in one object: parsers let the last one win, silently. */
  duplicateKey(path: DataPath, first: number, second: number): void {
    const { file, line, column } = this.lines.locate(first);
    this.add(second, path, {
      expected: "each key once",
      found: `a second ${quote(String(path.at(-1)))} (the first is at ${file}:${line}:${column})`,
      remedy: "rename or remove one of the two",
    });
  }

  /** `__proto__` as a key: objects of JavaScript cannot hold it as data, and validators skip it. */
  forbiddenKey(path: DataPath, offset: number): void {
    this.add(offset, path, {
      expected: 'a key other than "__proto__"',
      found: '"__proto__"',
      remedy: "rename the key",
    });
  }
}
