import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { CHECKOUT } from "./stand-in";

/**
 * A folder that is like a fresh clone to cdktf, Terraform and the commands. States, locks and
 * `cdktf.out` come to lie in it, and the checkout stays as it is.
 */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "crosstrust-e2e-"));
  /** A home folder with nothing in it. */
  readonly home = join(this.folder, "home");

  constructor() {
    mkdirSync(this.home);
    // Read only: nothing writes into them.
    for (const name of ["node_modules", "src", "bin"]) {
      symlinkSync(resolve(CHECKOUT, name), join(this.folder, name));
    }
    for (const name of [
      "package.json",
      "tsconfig.json",
      "cdktf.json",
      "main.ts",
      "extensions.ts",
    ]) {
      this.copy(name);
    }
  }

  /** Copies a file or folder of the checkout to the same place. */
  copy(name: string): void {
    this.copyTo(name, name);
  }

  /** Copies a file or folder of the checkout. */
  copyTo(name: string, target: string): void {
    cpSync(resolve(CHECKOUT, name), this.path(target), {
      recursive: true,
      // What somebody left there who tried it by hand.
      filter: (source) => !["state", "cdktf.out", "outputs.json"].includes(basename(source)),
    });
  }

  /** A path in the folder. */
  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
