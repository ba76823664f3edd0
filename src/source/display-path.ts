import { isAbsolute, relative, resolve } from "node:path";

/**
 * A file's name as messages show it: relative to the working directory where it lies inside,
 * otherwise as the user named it.
 */
export function displayPath(file: string): string {
  const fromHere = relative(process.cwd(), resolve(file));
  const inside = fromHere !== "" && !fromHere.startsWith("..") && !isAbsolute(fromHere);
  return inside ? fromHere : file;
}
