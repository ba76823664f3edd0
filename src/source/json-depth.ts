import { MAX_DEPTH } from "./parse-result";

/**
 * The offset of the bracket that nests a JSON text deeper than MAX_DEPTH; undefined when none does.
 * One pass over the text, without recursion; brackets inside of strings do not count.
 */
export function tooDeepInJson(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset];
    if (inString) {
      if (character === "\\") offset += 1;
      // A string ends with its line at the latest: the rest of a broken one is not text.
      else if (character === '"' || character === "\n" || character === "\r") inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > MAX_DEPTH) return offset;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
  }
  return undefined;
}
