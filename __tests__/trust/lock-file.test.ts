import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileWriteError } from "../../src/source/file-write-error";
import { ProblemsError } from "../../src/source/problem";
import { formatLock } from "../../src/trust/format-lock";
import type { Lock } from "../../src/trust/lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { confirmPrincipal } from "../../src/trust/lock-changes";
import { LockBusyError, createLock, readLock, updateLock } from "../../src/trust/lock-file";
import { LOCK, NOW } from "./lock-samples";

const ID = "AROAEXAMPLEEXAMPLE77";

let folder: string;
let file: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "crosstrust-lock-"));
  file = join(folder, "trust.lock.json");
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A role of a test, with the number that its unique ID ends with. */
function role(number: number): string {
  return `arn:aws:iam::111122223333:role/role-${number}`;
}

function confirmRole(number: number): (lock: Lock) => Lock {
  return (lock) => confirmPrincipal(lock, role(number), ID, NOW);
}

function write(lock: Lock): void {
  fs.writeFileSync(file, formatLock(lock));
}

function confirmedRoles(): readonly string[] {
  return Object.keys(readLock(file)?.lock.principals ?? {}).sort();
}

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure");
}

describe("reading a lock file", () => {
  test("gives the lock and its places", () => {
    write(LOCK);

    expect(readLock(file)?.lock).toEqual(LOCK);
    expect(readLock(file)?.document.locate(["stacks"], "key")).toEqual({
      file,
      line: 26,
      column: 3,
    });
  });

  test("tells a missing file from an empty lock", () => {
    expect(readLock(file)).toBeUndefined();
    expect(readLock(join(folder, "missing", "trust.lock.json"))).toBeUndefined();
    write(EMPTY_LOCK);
    expect(readLock(file)?.lock).toEqual(EMPTY_LOCK);
  });

  test.each([
    ["an empty file", () => fs.writeFileSync(file, "")],
    ["a folder", () => fs.mkdirSync(file)],
    ["what is not UTF-8", () => fs.writeFileSync(file, Buffer.from([0x7b, 0xff]))],
  ])("fails for %s", (_what, make) => {
    make();

    expect(failure(() => readLock(file))).toMatchObject({
      problems: [
        {
          location: { file },
          expected: "a lock as crosstrust writes it",
          remedy: "make it a readable file, or restore it from version control",
        },
      ],
    });
  });
});

describe("changing a lock file", () => {
  test("writes what the change gives for what the file says now", () => {
    write(LOCK);

    expect(updateLock(file, confirmRole(1))).toBe("changed");
    expect(fs.readFileSync(file, "utf8")).toBe(formatLock(confirmRole(1)(LOCK)));
  });

  test("does not touch the file when nothing changes, however it is laid out", () => {
    fs.writeFileSync(file, JSON.stringify({ version: 1, principals: {}, applied: {} }));
    const before = fs.statSync(file, { bigint: true });

    expect(updateLock(file, (lock) => ({ ...lock }))).toBe("unchanged");
    const { ino, mtimeNs } = fs.statSync(file, { bigint: true });
    expect({ ino, mtimeNs }).toEqual({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  test("leaves nothing beside the file", () => {
    write(LOCK);
    updateLock(file, confirmRole(1));

    expect(fs.readdirSync(folder)).toEqual(["trust.lock.json"]);
  });

  test("keeps the file's permissions, and a symbolic link to it", () => {
    write(LOCK);
    fs.chmodSync(file, 0o640);
    const link = join(folder, "link.json");
    fs.symlinkSync(file, link);
    updateLock(link, confirmRole(1));

    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(confirmedRoles()).toContain(role(1));
  });

  test("fails without a file: a lost one is not to be replaced by an empty one", () => {
    expect(failure(() => updateLock(file, confirmRole(1)))).toEqual(
      new ProblemsError([
        {
          severity: "error",
          location: { file, line: 1, column: 1 },
          path: "",
          expected: "a lock",
          found: `nothing at ${file}`,
          remedy:
            "restore it from version control; for a new organization run npx crosstrust confirm --init",
        },
      ]),
    );
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test("fails for a file that is broken, and leaves it", () => {
    fs.writeFileSync(file, "{ <<<");

    expect(failure(() => updateLock(file, confirmRole(1)))).toBeInstanceOf(ProblemsError);
    expect(fs.readFileSync(file, "utf8")).toBe("{ <<<");
    expect(fs.readdirSync(folder)).toEqual(["trust.lock.json"]);
  });

  test("fails for a change that fails, and leaves the file", () => {
    write(LOCK);
    const boom = new Error("boom");

    expect(
      failure(() =>
        updateLock(file, () => {
          throw boom;
        }),
      ),
    ).toBe(boom);
    expect(readLock(file)?.lock).toEqual(LOCK);
    expect(updateLock(file, confirmRole(1))).toBe("changed");
  });

  test("fails for a lock that could not be read again, and leaves the file", () => {
    write(LOCK);

    expect(
      failure(() => updateLock(file, (lock) => confirmPrincipal(lock, role(1), "ci", NOW))),
    ).toBeInstanceOf(ProblemsError);
    expect(readLock(file)?.lock).toEqual(LOCK);
  });

  test("fails when somebody saved the file meanwhile, and leaves what was saved", () => {
    write(LOCK);

    expect(
      failure(() =>
        updateLock(file, (lock) => {
          write(EMPTY_LOCK);
          return confirmRole(1)(lock);
        }),
      ),
    ).toBeInstanceOf(LockBusyError);
    expect(readLock(file)?.lock).toEqual(EMPTY_LOCK);
  });

  test("fails when the folder cannot be written", () => {
    const error = failure(() =>
      updateLock(join(folder, "missing", "trust.lock.json"), confirmRole(1)),
    );

    expect(error).toBeInstanceOf(FileWriteError);
    expect(error).toMatchObject({ message: expect.stringContaining("ENOENT") });
  });
});

describe("a new lock file", () => {
  test("confirms nothing", () => {
    expect(createLock(file)).toBe("created");
    expect(fs.readFileSync(file, "utf8")).toBe(formatLock(EMPTY_LOCK));
  });

  test("does not replace one that is there, broken or not", () => {
    write(LOCK);
    expect(createLock(file)).toBe("exists");
    expect(readLock(file)?.lock).toEqual(LOCK);

    fs.writeFileSync(file, "broken");
    expect(createLock(file)).toBe("exists");
    expect(fs.readFileSync(file, "utf8")).toBe("broken");
  });
});

describe("processes that change one lock file", () => {
  let children: ChildProcessWithoutNullStreams[] = [];

  beforeEach(() => write(EMPTY_LOCK));

  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    children = [];
  });

  function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
    const script = join(__dirname, "lock-writer.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args]);
    children.push(child);
    return child;
  }

  /** How a process ended, and what it said on standard error. */
  async function end(child: ChildProcessWithoutNullStreams): Promise<readonly unknown[]> {
    let said = "";
    child.stderr.on("data", (data) => (said += String(data)));
    const [code, signal] = await once(child, "close");
    return [code ?? signal, said];
  }

  async function saidIn(child: ChildProcessWithoutNullStreams): Promise<string> {
    const [data] = await once(child.stdout, "data");
    return String(data);
  }

  test("go one at a time: the second fails with a clear error, and nothing is lost", async () => {
    const first = start("wait", file, role(1));
    const firstEnds = end(first);
    expect(await saidIn(first)).toBe("in\n");

    expect(await end(start("wait", file, role(2)))).toEqual([
      3,
      `expected to be alone in changing ${file}, found another crosstrust or an editor at it; ` +
        "nothing was changed: run the command again (after a crash, in 10 seconds)",
    ]);
    expect(confirmedRoles()).toEqual([]);
    first.stdin.end("x");
    expect(await firstEnds).toEqual([0, ""]);
    expect(confirmedRoles()).toEqual([role(1)]);

    const again = start("wait", file, role(2));
    again.stdin.end("x");
    expect(await end(again)).toEqual([0, ""]);
    expect(confirmedRoles()).toEqual([role(1), role(2)]);
  });

  test("lose nothing when they race", async () => {
    const numbers = [1, 2].map((writer) =>
      Array.from({ length: 12 }, (_, index) => writer * 100 + index),
    );
    const racers = numbers.map((each) => start("often", file, ...each.map(role)));
    const ends = racers.map(end);
    expect(await Promise.all(racers.map(saidIn))).toEqual(["ready\n", "ready\n"]);
    for (const racer of racers) racer.stdin.end("x");

    expect(await Promise.all(ends)).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(confirmedRoles()).toEqual(numbers.flat().map(role).sort());
  });

  test("that die before the rename leave the old file, and keep nobody out for ever", async () => {
    updateLock(file, confirmRole(1));
    const before = fs.readFileSync(file, "utf8");
    expect(await end(start("crash", file, role(2)))).toEqual(["SIGKILL", ""]);

    const mark = join(folder, "trust.lock.json.lock");
    const temporary = fs.readdirSync(folder).find((name) => /^trust\.lock\.json\.\d+$/.test(name));
    expect(fs.readFileSync(file, "utf8")).toBe(before);
    expect(fs.readFileSync(join(folder, temporary ?? ""), "utf8")).toContain(role(2));
    expect(failure(() => updateLock(file, confirmRole(3)))).toBeInstanceOf(LockBusyError);

    // As if the crash had been 10 seconds ago.
    const aged = new Date(Date.now() - 10_001);
    fs.utimesSync(mark, aged, aged);
    expect(
      updateLock(file, (lock) => confirmPrincipal(lock, role(3), "AROAEXAMPLEEXAMPLE78", NOW)),
    ).toBe("changed");
    expect(confirmedRoles()).toEqual([role(1), role(3)]);
    expect(fs.existsSync(mark)).toBe(false);
  });
});
