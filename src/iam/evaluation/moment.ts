// The forms of https://www.w3.org/TR/NOTE-datetime that IAM takes; a bare year is told apart below.
const ISO_8601 = /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?$/;

/**
 * Reads a time as IAM's date operators take it, ISO 8601 or seconds since 1970, into milliseconds
 * since 1970. Undefined where it is neither, and for four digits, which may be a year or seconds.
 */
export function timeOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return text.length === 4 ? undefined : Number(text) * 1000;
  if (!ISO_8601.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
