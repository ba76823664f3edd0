import type { ProblemText } from "../source/input-error";

/** A block of ours in a configuration file. */
export interface ConfigBlock {
  /** Whose profiles they are, so that each owner has a block of his own: an ARN. */
  readonly owner: string;
  /** Names of its profiles. */
  readonly names: readonly string[];
  /** Its lines; empty where there is nothing to be said any more. */
  readonly body: string;
}

/** The file with the block in it, or why it cannot be put there. */
export type MergedConfig =
  { readonly text: string } | { readonly line: number; readonly problem: ProblemText };

/**
 * Puts a block into the text of an AWS configuration file: in the place of the owner's former one,
 * else at the end. Every character outside of that block stays as it is.
 *
 * Refused, with the line: a block that is begun and not ended, or there twice; a profile of the same
 * name outside of it, because the AWS CLI reads no file with two of a name; settings behind the
 * block without a section of their own, which would be read as part of its last profile.
 */
export function mergeBlock(text: string, block: ConfigBlock): MergedConfig {
  const lines = text === "" ? [] : text.split(/(?<=\n)/);
  const begin = `# >>> crosstrust: profiles of ${block.owner} >>>`;
  const end = `# <<< crosstrust: profiles of ${block.owner} <<<`;
  const begins = positions(lines, begin);
  const ends = positions(lines, end);
  if (begins.length !== ends.length || begins.length > 1 || begins[0] > ends[0]) {
    return {
      line: Math.max(begins[1] ?? begins[0] ?? 0, ends[1] ?? ends[0] ?? 0) + 1,
      problem: {
        expected: `the block of ${block.owner} once, with both of its marks`,
        found: `${begins.length} beginnings and ${ends.length} ends of it, or an end before its beginning`,
        remedy: "take out what is left of the block, and run the command again",
      },
    };
  }
  const isThere = begins.length === 1;
  const before = isThere ? lines.slice(0, begins[0]) : lines;
  const after = isThere ? lines.slice(ends[0] + 1) : [];

  const stray = after.findIndex((line) => !/^\s*([#;]|$)/.test(line));
  if (stray >= 0 && sectionOf(after[stray]) === undefined) {
    return {
      line: ends[0] + 2 + stray,
      problem: {
        expected: "a section such as [profile name] after the block",
        found: "a setting, which would be read as part of the block's last profile",
        remedy: "move it into the section that it belongs to",
      },
    };
  }
  const own = new Set(block.names);
  for (const [offset, others] of [
    [0, before],
    [ends[0] + 1, after],
  ] as const) {
    const position = others.findIndex((line) => own.has(sectionOf(line) ?? ""));
    if (position < 0) continue;
    return {
      line: offset + position + 1,
      problem: {
        expected: `no profile ${sectionOf(others[position])} besides the one in the block`,
        found: "one of that name, and the AWS CLI reads no file with two",
        remedy: "rename it, or take it out",
      },
    };
  }

  if (block.body === "") return { text: [...before, ...after].join("") };
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const written = [begin, NOTE, ...block.body.split("\n"), end].map((line) => line + eol).join("");
  const head = before.join("");
  const gap = isThere || head === "" ? "" : gapAfter(head, eol);
  return { text: head + gap + written + after.join("") };
}

/** Line ends that make the block a paragraph of its own. */
function gapAfter(head: string, eol: string): string {
  if (head.endsWith(eol + eol)) return "";
  return head.endsWith(eol) ? eol : eol + eol;
}

const NOTE = "# Written by npx crosstrust profiles: changes between these marks are lost.";

function positions(lines: readonly string[], mark: string): readonly number[] {
  return lines.flatMap((line, position) => (line.trim() === mark ? [position] : []));
}

/** The profile whose section a line begins; undefined for any other line. */
function sectionOf(line: string): string | undefined {
  const name = /^\s*\[\s*(?:profile\s+)?(.*?)\s*\]/.exec(line)?.[1];
  return name?.replace(/^(["'])(.*)\1$/, "$2");
}
