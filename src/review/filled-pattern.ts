/** A text that a pattern of a policy matches: something stands for each wildcard and variable. */
export function filled(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}|[*?]/g, "x");
}
