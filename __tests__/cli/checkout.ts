import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/cli/main";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { formatLock } from "../../src/trust/format-lock";
import { readLock } from "../../src/trust/lock-file";
import { FakeTerminal } from "./fake-terminal";

/** What a command said, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command said on a terminal. */
export interface Ran extends Said {
  readonly terminal: FakeTerminal;
}

const BIN = join(__dirname, "../../bin/crosstrust.mjs");

const EXAMPLE: unknown = JSON.parse(
  readFileSync(join(__dirname, "../../examples/staged-bootstrap/accounts.json"), "utf8"),
);

/** A folder with an accounts file and a lock, in which commands are run in this process. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "crosstrust-test-"));

  /** `accounts`: of the accounts file, that of examples/staged-bootstrap where it is left out; null for none. */
  constructor(accounts: unknown = EXAMPLE, lock: Lock | null = EMPTY_LOCK) {
    if (accounts !== null) this.write("accounts.json", JSON.stringify(accounts, undefined, 2));
    if (lock !== null) this.write("trust.lock.json", formatLock(lock));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(join(this.path(name), ".."), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  get lock(): Lock {
    const read = readLock(this.path("trust.lock.json"));
    if (read === undefined) throw new Error("there is no lock");
    return read.lock;
  }

  /** Runs a command line in the folder. */
  async run(...args: readonly string[]): Promise<Ran> {
    return this.runOn(new FakeTerminal(), ...args);
  }

  /** The same, on a terminal of one's own. */
  async runOn(terminal: FakeTerminal, ...args: readonly string[]): Promise<Ran> {
    const code = await this.inside(() => run(args, terminal));
    return { code, out: terminal.out, err: terminal.err, terminal };
  }

  /** Runs `crosstrust` in the folder as a process of its own, with pipes for a terminal. */
  spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
    const options = { cwd: this.folder, env: { ...process.env, ...env } };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [BIN, ...args], options, (_, out, err) =>
        resolve({ code: child.exitCode ?? -1, out, err }),
      );
    });
  }

  /** Does something with the folder as the working directory. */
  async inside<T>(act: () => T | Promise<T>): Promise<T> {
    const before = process.cwd();
    process.chdir(this.folder);
    try {
      return await act();
    } finally {
      process.chdir(before);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
