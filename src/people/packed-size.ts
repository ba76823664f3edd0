/** Bits that one character of packed text holds. */
const BITS_PER_CHARACTER = 15;

/** Bits of a character that comes for the first time, beside a code: up to U+00FF, and beyond. */
const NEW_CHARACTER = { latin: 8, other: 16 } as const;

/**
 * About how many characters a text takes once it is packed by LZ-string's `compressToUTF16`, never
 * fewer. Text is added piece by piece. It counts the codes that an LZW coder makes of the text, each
 * as wide as the greatest one so far.
 */
export class PackedSize {
  private readonly phrases = new Set<string>();
  private readonly characters = new Set<string>();
  private phrase = "";
  private bits = 0;

  add(text: string): void {
    for (const character of text) {
      if (!this.characters.has(character)) {
        this.characters.add(character);
        this.bits += NEW_CHARACTER[character <= "\u00ff" ? "latin" : "other"];
      }
      const longer = this.phrase + character;
      if (this.phrase === "" || this.phrases.has(longer)) {
        this.phrase = longer;
        continue;
      }
      this.phrases.add(longer);
      this.bits += this.codeWidth();
      this.phrase = character;
    }
  }

  /** With the last phrase and the mark of the end. */
  get characterCount(): number {
    return Math.ceil((this.bits + 2 * this.codeWidth()) / BITS_PER_CHARACTER) + 1;
  }

  private codeWidth(): number {
    const codes = this.phrases.size + this.characters.size + 3;
    return Math.floor(Math.log2(codes)) + 2;
  }
}
