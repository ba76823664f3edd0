/**
 * Runs something while stack traces come out empty, and gives back what it gives.
 *
 * cdktf takes the whole stack trace of every token that it makes, and Node maps each of its lines to
 * the TypeScript source: half of the time of building an app, for traces that nobody reads. Errors
 * keep theirs: V8 formats an error's trace when it is first read, which is after this.
 */
export function withoutTokenTraces<T>(run: () => T): T {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = () => "";
  try {
    return run();
  } finally {
    Error.prepareStackTrace = before;
  }
}
