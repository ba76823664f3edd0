/**
 * The shortest text that two patterns of `*` and `?` both match; undefined where there is none. `any`, one
 * character, stands for what both leave open. Takes at most the product of their lengths in steps.
 */
export function commonText(one: string, other: string, any: string): string | undefined {
  const seen = new Set<string>();
  const open: [number, number, string][] = [[0, 0, ""]];
  for (const [i, j, text] of open) {
    if (i === one.length && j === other.length) return text;
    const key = `${i} ${j}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const [a, b] = [one.at(i), other.at(j)];
    // A star may stand for nothing more.
    if (a === "*") open.push([i + 1, j, text]);
    if (b === "*") open.push([i, j + 1, text]);
    if (a === undefined || b === undefined || (a === "*" && b === "*")) continue;
    if (!isOpen(a) && !isOpen(b) && a !== b) continue;
    const next = isOpen(a) ? (isOpen(b) ? any : b) : a;
    open.push([a === "*" ? i : i + 1, b === "*" ? j : j + 1, text + next]);
  }
  return undefined;
}

function isOpen(character: string): boolean {
  return character === "*" || character === "?";
}
