import type { z } from "zod";
import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { expectationOf } from "../../source/zod-problems";

/** Checks the name at the end of a path by its schema; the problem stands at the key. */
export function checkName(
  document: SourceDocument,
  path: DataPath,
  schema: z.ZodType<string>,
  problems: Problem[],
): void {
  const name = String(path.at(-1));
  const parsed = schema.safeParse(name);
  if (parsed.success) return;
  problems.push(
    inputError(document.locate(path, "key"), path, {
      ...expectationOf(parsed.error.issues[0].message),
      found: showValue(name),
    }),
  );
}
