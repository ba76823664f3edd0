import { asArray, type Statement } from "../../iam/policy-document";
import { readDocument } from "../../source/parse-source";
import type { Problem } from "../../source/problem";
import { zodProblems } from "../../source/zod-problems";
import { resolveBeside } from "./beside";
import type { Entry } from "./entry";
import { keptPolicySchema } from "./schema/kept-policy";
import type { SharingInput } from "./schema/sharing";

/** An entry of `sharing` with the statements of others that it keeps. */
export interface SharingEntry extends Entry<SharingInput> {
  readonly keep: readonly Statement[];
}

/** Reads the file that `keep` names, relative to the main file's folder. */
export function withKeptStatements(
  entry: Entry<SharingInput>,
  mainFile: string,
  problems: Problem[],
): SharingEntry {
  const { keep } = entry.value;
  if (keep === undefined) return { ...entry, keep: [] };
  const namedAt = { location: entry.at(["keep"]), path: [...entry.path, "keep"] };
  const { document, problems: unread } = readDocument(resolveBeside(mainFile, keep), namedAt);
  problems.push(...unread);
  if (document === undefined) return { ...entry, keep: [] };
  const parsed = keptPolicySchema.safeParse(document.value);
  if (parsed.success) {
    const policy = parsed.data;
    return { ...entry, keep: "Statement" in policy ? asArray(policy.Statement) : policy };
  }
  problems.push(...zodProblems(document, [], parsed.error.issues));
  return { ...entry, keep: [] };
}
