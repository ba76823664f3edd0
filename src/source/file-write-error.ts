import { displayPath } from "./display-path";

/** A file could not be written (its folder, the disk): it is as it was. */
export class FileWriteError extends Error {
  constructor(
    readonly file: string,
    override readonly cause: unknown,
  ) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `expected to write ${displayPath(file)}, found that it cannot be written (${why}); nothing was changed`,
    );
    this.name = "FileWriteError";
  }
}
