/** An object of parsed data. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value could be an account: an ID, or an object with one. */
export function isAccountLike(value: unknown): boolean {
  if (isRecord(value)) return Object.hasOwn(value, "id");
  return typeof value === "number" || (typeof value === "string" && /^\d*$/.test(value));
}

const KEYS_OF_THE_FULL_FORM = [
  "accounts",
  "settings",
  "roles",
  "identities",
  "include",
  "logs",
  "notifications",
  "sharing",
] as const;

/**
 * Whether a file has the full form: one of its keys at the top, with a value that is not itself an
 * account. Gruntwork's forms may have accounts of any name, `logs` and `settings` included.
 */
export function isFullForm(value: Readonly<Record<string, unknown>>): boolean {
  return KEYS_OF_THE_FULL_FORM.some(
    (key) => Object.hasOwn(value, key) && !isAccountLike(value[key]),
  );
}
