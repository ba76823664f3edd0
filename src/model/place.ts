import { formatPath, type DataPath } from "../source/source-document";
import type { Entry } from "./entry";
import type { Place } from "./problem-list";

/** A place inside an entry of the accounts file. */
export function placeOf(
  entry: Entry<unknown>,
  path: DataPath,
  part: "key" | "value" = "value",
): Place {
  return { location: entry.at(path, part), path: formatPath([...entry.path, ...path]) };
}
