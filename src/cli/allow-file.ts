import { z } from "zod";
import type { AllowEntry } from "../review/diff/allowed-changes";
import { readDocument } from "../source/parse-source";
import { ProblemsError } from "../source/problem";
import { expecting, knownKeys, zodProblems } from "../source/zod-problems";

/**
 * Reads the file of `diff --allow`, JSON or YAML: `{ "allow": [{ "principal", "target", "action",
 * "reason", "until" }] }`. Throws a ProblemsError with everything that is wrong.
 */
export function readAllowFile(file: string): readonly AllowEntry[] {
  const { document, problems } = readDocument(file);
  if (document === undefined || problems.length > 0) throw new ProblemsError(problems);
  const read = SCHEMA.safeParse(document.value);
  if (!read.success) throw new ProblemsError(zodProblems(document, [], read.error.issues));
  return read.data.allow.map((entry, index) => {
    const { line, column } = document.locate(["allow", index]);
    return { ...entry, place: `${document.file}:${line}:${column}` };
  });
}

const filled = (expected: string, remedy: string) => {
  const error = expecting(expected, remedy);
  return z.string({ error }).regex(/\S/, { error });
};

const until = expecting(
  "the last day on which it is allowed, as 2026-12-31",
  "say when it is to be looked at again",
);

const ENTRY = {
  principal: filled("who may gain, as diff names him or by ARN", 'write it like "build/ci"'),
  target: filled("the role or resource, as diff names it or by ARN", 'write it like "prod/deploy"'),
  action: filled("an action such as s3:GetObject", "write the action, or leave it out").optional(),
  reason: filled("why it is allowed", "say in a sentence why it is meant"),
  until: z.string({ error: until }).refine(isDay, { error: until }),
};

const SCHEMA = closed({
  allow: z.array(closed(ENTRY), {
    error: expecting("a list of what is allowed", 'write { "allow": [] } for nothing'),
  }),
});

function closed<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? knownKeys(Object.keys(shape))
        : expecting("an object", `write one with ${Object.keys(shape).join(", ")}`),
  });
}

function isDay(text: string): boolean {
  const time = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(time.getTime()) &&
    time.toISOString().startsWith(text)
  );
}
