import { type Stats, readFileSync, statSync } from "node:fs";
import { TextDecoder } from "node:util";
import { displayPath } from "./display-path";
import { type ProblemText, inputError } from "./input-error";
import { LineIndex } from "./line-index";
import type { Location, Problem } from "./problem";
import type { DataPath } from "./source-document";

/** Largest input file, in bytes: 1,000 accounts with 10 roles each take a tenth of it. */
export const MAX_SOURCE_BYTES = 10_000_000;

/** Where another file names the one to be read; its own beginning when nothing names it. */
export interface NamedAt {
  readonly location: Location;
  readonly path: DataPath;
}

/** The text of a file, or why there is none. */
export type SourceText = { readonly text: string } | { readonly problem: Problem };

/**
 * Reads a text file. Every failure comes back as one problem: missing, a folder, not a regular
 * file, not readable, over 10 MB (checked before reading), empty, not UTF-8. A byte order mark is
 * dropped. The problem stands where `namedAt` says, an invalid byte at its own line.
 */
export function readSource(file: string, namedAt?: NamedAt): SourceText {
  const shown = displayPath(file);
  const { location, path } = namedAt ?? { location: startOf(shown), path: [] };
  const failed = (text: ProblemText) => ({ problem: inputError(location, path, text) });
  const bytes = readBytes(file, shown);
  if (!(bytes instanceof Uint8Array)) return failed(bytes);
  const text = decode(bytes);
  if (text === undefined) return { problem: invalidUtf8(shown, bytes) };
  if (text.trim() === "") {
    return failed({
      expected: "a JSON or YAML file",
      found: `an empty file at ${shown}`,
      remedy: "write into it what is meant to be read, or name another file",
    });
  }
  return { text };
}

function startOf(file: string): Location {
  return { file, line: 1, column: 1 };
}

function readBytes(file: string, shown: string): Uint8Array | ProblemText {
  try {
    const unfit = unfitToRead(statSync(file), shown);
    if (unfit !== undefined) return unfit;
    const bytes = readFileSync(file);
    // The file may have grown since its size was asked for.
    return bytes.length > MAX_SOURCE_BYTES ? tooLarge(bytes.length, shown) : bytes;
  } catch (error) {
    return unreadable(errorCode(error), shown);
  }
}

/** Asked before opening: reading a pipe would wait for ever, and a large file takes the memory. */
function unfitToRead(stats: Stats, shown: string): ProblemText | undefined {
  if (stats.isDirectory()) {
    return {
      expected: "a file",
      found: `a folder at ${shown}`,
      remedy: "name the file inside it",
    };
  }
  if (!stats.isFile()) {
    return {
      expected: "a regular file",
      found: `a device, pipe or socket at ${shown}`,
      remedy: "save the content as a file and name that",
    };
  }
  return stats.size > MAX_SOURCE_BYTES ? tooLarge(stats.size, shown) : undefined;
}

function tooLarge(size: number, shown: string): ProblemText {
  return {
    expected: "a file of at most 10 MB",
    found: `${(size / 1_000_000).toFixed(1)} MB at ${shown}`,
    remedy: "split it with include, or name another file",
  };
}

function unreadable(code: string, shown: string): ProblemText {
  if (code === "ENOENT" || code === "ENOTDIR") {
    return {
      expected: "a file",
      found: `nothing at ${shown}`,
      remedy: "create it, or correct the path",
    };
  }
  if (code === "EACCES" || code === "EPERM") {
    return {
      expected: "a readable file",
      found: `no permission to read ${shown} (${code})`,
      remedy: "give your user the permission to read it",
    };
  }
  return {
    expected: "a readable file",
    found: `that reading ${shown} failed (${code})`,
    remedy: "make the file readable, or name another one",
  };
}

function errorCode(error: unknown): string {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? error.code : String(error);
}

/** The text of the bytes, without a byte order mark; undefined when they are not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function invalidUtf8(shown: string, bytes: Uint8Array): Problem {
  const offset = validPrefix(bytes);
  const before = new TextDecoder("utf-8").decode(bytes.subarray(0, offset));
  const byte = bytes[offset].toString(16).toUpperCase().padStart(2, "0");
  return inputError(new LineIndex(shown, before).locate(before.length), [], {
    expected: "UTF-8 text",
    found: `the byte 0x${byte}, which is not UTF-8 there`,
    remedy: "save the file with the encoding UTF-8",
  });
}

/**
 * How many of the first bytes are whole UTF-8 characters: by halving, since a decoder does not tell
 * the place.
 */
function validPrefix(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isUtf8(bytes.subarray(0, middle), { mayBeCut: true })) valid = middle;
    else invalid = middle;
  }
  while (valid > 0 && !isUtf8(bytes.subarray(0, valid), { mayBeCut: false })) valid -= 1;
  return valid;
}

/** Whether the bytes are UTF-8; `mayBeCut`: the last character need not be whole. */
function isUtf8(bytes: Uint8Array, { mayBeCut }: { readonly mayBeCut: boolean }): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: mayBeCut });
    return true;
  } catch {
    return false;
  }
}
