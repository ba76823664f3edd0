/** `a, b and 3 more`: at most so many. */
export function list(names: readonly string[], most: number): string {
  if (names.length > most) {
    return `${names.slice(0, most - 1).join(", ")} and ${(names.length - most + 1).toLocaleString("en-US")} more`;
  }
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
