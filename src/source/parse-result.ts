import type { Problem } from "./problem";
import type { SourceDocument } from "./source-document";

/** A parsed text; no document where the text could not be understood at all. */
export interface ParseResult {
  readonly document?: SourceDocument;
  readonly problems: readonly Problem[];
}

/** Deepest nesting of lists and objects in an input file; an accounts file needs ten. */
export const MAX_DEPTH = 64;
