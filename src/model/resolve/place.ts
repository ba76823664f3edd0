import { formatPath, type DataPath } from "../../source/source-document";
import type { Entry } from "../file/entry";
import type { Place } from "./problem-list";

/** A place inside an entry of the accounts file, worked out when a problem there is reported. */
export function placeOf(
  entry: Entry<unknown>,
  path: DataPath,
  part: "key" | "value" = "value",
): Place {
  return {
    get location() {
      return entry.at(path, part);
    },
    get path() {
      return formatPath([...entry.path, ...path]);
    },
  };
}
