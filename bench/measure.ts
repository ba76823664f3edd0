/** Runs something once, and says how long it took. */
export function measure<T>(run: () => T): { readonly result: T; readonly milliseconds: number } {
  const start = process.hrtime.bigint();
  const result = run();
  return { result, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
}
