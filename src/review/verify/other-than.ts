/** Values that differ a little: a wildcard at either end, or an operator that ignores case, takes one. */
export function otherThan(value: string): readonly string[] {
  const upper = value.toUpperCase();
  const otherCase = upper === value ? value.toLowerCase() : upper;
  return ["another", `${value}x`, `x${value}`, ...(otherCase === value ? [] : [otherCase])];
}
