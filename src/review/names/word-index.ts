import { closestTo } from "../../source/closest";

/** What a word names: one thing or several, or nothing and the word that it most likely means. */
export type Named<T> =
  | { readonly found: readonly [T, ...T[]] }
  | { readonly found?: undefined; readonly closest?: string };

/** Things by the words that name them. Keys of the accounts file go before all other words. */
export class WordIndex<T> {
  private readonly byKey = new Map<string, Set<T>>();
  private readonly byWord = new Map<string, Set<T>>();

  /** A word may name several things. */
  add(thing: T, words: Iterable<string>): void {
    for (const word of words) addTo(this.byWord, word, thing);
  }

  addKey(thing: T, key: string): void {
    addTo(this.byKey, key, thing);
  }

  /** The things that a word names; none where nothing is called so. */
  get(word: string): readonly T[] {
    return [...(this.byKey.get(word) ?? this.byWord.get(word) ?? [])];
  }

  /** Looks for a near word where nothing is called so, which costs a look at every word. */
  find(word: string): Named<T> {
    const [first, ...others] = this.get(word);
    if (first !== undefined) return { found: [first, ...others] };
    return { closest: closestTo(word, this.words()) };
  }

  private *words(): Iterable<string> {
    yield* this.byKey.keys();
    yield* this.byWord.keys();
  }
}

function addTo<T>(map: Map<string, Set<T>>, word: string, thing: T): void {
  const known = map.get(word);
  if (known === undefined) map.set(word, new Set([thing]));
  else known.add(thing);
}
