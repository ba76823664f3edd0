import type { Location } from "./problem";
import { quote } from "./show-value";

/** A path into parsed data: keys and array indices. */
export type DataPath = readonly (string | number)[];

/** A parsed file whose values know where they stand. */
export interface SourceDocument {
  readonly file: string;
  /** Plain data, as JSON.parse would give it. */
  readonly value: unknown;
  /**
   * Where the value at a path stands, or its key. A path that is not in the file gives the place of
   * its nearest parent.
   */
  locate(path: DataPath, part?: "key" | "value"): Location;
  /** The keys of the object at a path, in file order; none where no object stands there. */
  keys(path: DataPath): readonly string[];
}

/** `roles.images.trusts[0]`, as people write a path. */
export function formatPath(path: DataPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^[\w-]+$/.test(part)) return `${text}[${quote(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
