import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { displayPath } from "../source/display-path";
import { FileWriteError } from "../source/file-write-error";
import { inputError } from "../source/input-error";
import { ProblemsError } from "../source/problem";
import { mergeBlock, type ConfigBlock } from "./config-block";

/** What became of the file. */
export type ConfigWritten =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "written";
      /** Where what was there before lies; undefined where there was no file. */
      readonly backup?: string;
    };

/** The configuration file that the AWS CLI and the SDKs read here. */
export function awsConfigFile(env: NodeJS.ProcessEnv = process.env): string {
  const named = env.AWS_CONFIG_FILE;
  if (named === undefined || named === "") return join(homedir(), ".aws", "config");
  return named.startsWith("~/") ? join(homedir(), named.slice(2)) : named;
}

/**
 * Puts a block into a configuration file (see `mergeBlock`). What was there before is kept beside
 * it, in `<file>.before-crosstrust`. The file is written beside and then renamed, so that at any
 * moment the old or the new one is there, whole; its permissions stay, and a new one is for its
 * owner alone. Bytes outside of the block stay what they are, whatever their encoding.
 *
 * Throws ProblemsError where the block cannot be put there, FileWriteError where the file cannot be
 * read or written.
 */
export function updateAwsConfig(file: string, block: ConfigBlock): ConfigWritten {
  const before = attempt(file, () => (existsSync(file) ? readFileSync(file) : undefined));
  // One character for each byte: the block itself is ASCII.
  const text = before?.toString("latin1") ?? "";
  const merged = mergeBlock(text, block);
  if ("problem" in merged) {
    const location = { file: displayPath(file), line: merged.line, column: 1 };
    throw new ProblemsError([inputError(location, [], merged.problem)]);
  }
  if (merged.text === text) return { kind: "unchanged" };
  return attempt(file, () => {
    const after = Buffer.from(merged.text, "latin1");
    if (before === undefined) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileAtomic.sync(file, after, { mode: 0o600 });
      return { kind: "written" };
    }
    const backup = `${file}.before-crosstrust`;
    writeFileAtomic.sync(backup, before, { mode: statSync(file).mode & 0o777 });
    writeFileAtomic.sync(file, after);
    return { kind: "written", backup };
  });
}

function attempt<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new FileWriteError(file, error);
  }
}
