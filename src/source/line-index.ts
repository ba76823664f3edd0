import type { Location } from "./problem";

/**
 * Turns offsets of a text into lines and columns. Lines end with `\n`, `\r\n` or `\r`; columns count
 * UTF-16 code units, as editors do.
 */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(
    private readonly file: string,
    text: string,
  ) {
    const starts = [0];
    for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
      starts.push(lineBreak.index + lineBreak[0].length);
    }
    this.starts = starts;
  }

  /** The place of the character at an offset. */
  locate(offset: number): Location {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - this.starts[low] + 1 };
  }
}
