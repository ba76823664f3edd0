import { closestTo } from "../../source/closest";
import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { quote, showValue } from "../../source/show-value";
import type { SourceDocument } from "../../source/source-document";
import { fullSchema } from "./schema/file";

/** Keys at the top of a file beside the main one that it does not take, each a problem. */
export function foreignKeys(
  document: SourceDocument,
  mainFile: string,
  allowed: readonly string[],
  expected: string,
): readonly Problem[] {
  return document
    .keys([])
    .filter((key) => !allowed.includes(key))
    .map((key) => {
      const closest = closestTo(key, allowed);
      const isOfMainFile = Object.hasOwn(fullSchema.shape, key);
      return inputError(document.locate([key], "key"), [key], {
        expected,
        found: showValue(key),
        remedy: isOfMainFile
          ? `move it to ${mainFile}`
          : closest === undefined
            ? "take it out"
            : `write ${quote(closest)} if that is meant`,
      });
    });
}
