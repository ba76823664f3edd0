import { dirname, isAbsolute, join } from "node:path";

/** A path as a file names it: relative to that file's folder. */
export function resolveBeside(file: string, named: string): string {
  return isAbsolute(named) ? named : join(dirname(file), named);
}
