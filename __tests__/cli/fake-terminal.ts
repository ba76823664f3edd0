import { createColors } from "picocolors";
import type { Terminal } from "../../src/cli/terminal";

/** A terminal that keeps what is written, without colours unless asked for. */
export class FakeTerminal implements Terminal {
  out = "";
  err = "";
  readonly questions: string[] = [];
  readonly progressLines: string[] = [];
  readonly colors: Terminal["colors"];

  /** `answer`: to every question; undefined where nobody can answer. `columns`: of a person's terminal. */
  constructor(
    private readonly answer?: boolean,
    colored = false,
    readonly columns?: number,
  ) {
    this.colors = createColors(colored);
  }

  print(text: string): void {
    this.out += `${text}\n`;
  }

  note(text: string): void {
    this.err += `${text}\n`;
  }

  confirm(question: string): Promise<boolean | undefined> {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  }

  progress(text: string | undefined): void {
    if (text !== undefined) this.progressLines.push(text);
  }
}
