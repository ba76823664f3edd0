/** Whether a text is a time in UTC that exists: a date such as February 30 is moved by Date. */
export function isUtcTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
}

/** A time as the lock has it: UTC, to the second, `2026-11-23T10:00:00Z`. */
export function utcTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
