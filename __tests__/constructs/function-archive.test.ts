import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { archiveOf } from "../../src/constructs/function-archive";
import { NOTIFIER_CODE } from "../../src/constructs/notifier-function";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crosstrust-archive-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string, at = new Date()): void {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), at, at);
}

function hex(): string {
  return Buffer.from(archiveOf(folder)).toString("hex");
}

test("the same files make the same bytes, whenever and in whatever order they were written", () => {
  write("b.js", "2");
  write("a.js", "1");
  const first = hex();
  rmSync(join(folder, "b.js"));
  write("a.js", "1", new Date("2001-02-03T04:05:06Z"));
  write("b.js", "2", new Date("2031-02-03T04:05:06Z"));
  expect(hex()).toBe(first);
  write("b.js", "3");
  expect(hex()).not.toBe(first);
});

test("the machine's time zone does not matter", () => {
  write("a.js", "1");
  const zone = process.env.TZ;
  const made = ["Pacific/Kiritimati", "America/Anchorage", "UTC"].map((TZ) => {
    process.env.TZ = TZ;
    return hex();
  });
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(new Set(made).size).toBe(1);
});

test("the notifier's archive has its code as it stands", () => {
  const unpacked = unzipSync(archiveOf(NOTIFIER_CODE));
  expect(Object.keys(unpacked)).toEqual([
    ...["aws.js", "handler.js", "index.js", "message.js", "role-use.js", "trust-stage.js"],
  ]);
  for (const [name, bytes] of Object.entries(unpacked)) {
    expect(Buffer.from(bytes)).toEqual(readFileSync(join(NOTIFIER_CODE, name)));
  }
});
