import { closestTo } from "./closest";

/** Most words that a suggestion is looked for in one run: each costs a look at every candidate. */
const MAX_WORDS = 200;

/** What misspelt words most likely mean among the same candidates. */
export class Suggestions {
  private readonly known = new Map<string, string | undefined>();

  constructor(private readonly candidates: () => Iterable<string>) {}

  /** Undefined when nothing is near; also for more different words than a person would misspell. */
  closestTo(word: string): string | undefined {
    if (!this.known.has(word) && this.known.size < MAX_WORDS) {
      this.known.set(word, closestTo(word, this.candidates()));
    }
    return this.known.get(word);
  }
}
