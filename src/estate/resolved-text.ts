/** An expression whose value cannot be told from the Terraform JSON. */
export interface Unresolved {
  /** As it stands in the JSON, without `${` and `}`. */
  readonly expression: string;
  readonly reason: string;
}

/** A text after its references were resolved; what could not be stays in its place. */
export type ResolvedText = readonly (string | Unresolved)[];

/** The text where all of it is known. */
export function tryKnownText(text: ResolvedText): string | undefined {
  return text.every(isText) ? text.join("") : undefined;
}

/** What could not be resolved, in order. */
export function unresolvedOf(text: ResolvedText): readonly Unresolved[] {
  return text.flatMap((part) => (isText(part) ? [] : part));
}

/** `${var.name} (…why…)`, for people; several are joined. */
export function explainUnresolved(text: ResolvedText): string {
  const explained = unresolvedOf(text).map(
    ({ expression, reason }) => `\${${expression}}: ${reason}`,
  );
  return [...new Set(explained)].join("; ");
}

/**
 * A text with its unresolved parts replaced by marks, so that it can be parsed as JSON around them.
 * The marks are of Unicode's private use area, which IAM admits in no policy.
 */
export class MarkedText {
  private readonly unresolved: Unresolved[] = [];

  /** The text with marks; several texts may share one set of marks. */
  mark(text: ResolvedText): string {
    return text
      .map((part) => (isText(part) ? part : `\uE000${this.unresolved.push(part) - 1}\uE001`))
      .join("");
  }

  /** Back to text and unresolved parts. */
  unmark(marked: string): ResolvedText {
    return marked
      .split(/(\uE000\d+\uE001)/)
      .filter((piece) => piece !== "")
      .map((piece) => this.tryUnresolved(piece) ?? piece);
  }

  private tryUnresolved(piece: string): Unresolved | undefined {
    const match = /^\uE000(\d+)\uE001$/.exec(piece);
    return match === null ? undefined : this.unresolved[Number(match[1])];
  }
}

function isText(part: string | Unresolved): part is string {
  return typeof part === "string";
}
