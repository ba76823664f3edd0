import type { ProblemText } from "../../source/input-error";
import type { Location, Problem } from "../../source/problem";

/** A place in the accounts file, with its path as people write it. */
export interface Place {
  readonly location: Location;
  readonly path: string;
}

/** Collects the problems of one run, so that all of them are reported at once. */
export class ProblemList {
  private readonly collected: Problem[] = [];
  private errors = 0;

  /** Errors so far: tells whether what was done in between found any. */
  get errorCount(): number {
    return this.errors;
  }

  error(place: Place, text: ProblemText): void {
    this.collected.push({ severity: "error", ...place, ...text });
    this.errors += 1;
  }

  warning(place: Place, text: ProblemText): void {
    this.collected.push({ severity: "warning", ...place, ...text });
  }

  get all(): readonly Problem[] {
    return this.collected;
  }
}
