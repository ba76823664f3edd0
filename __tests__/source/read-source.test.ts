import { execFileSync } from "node:child_process";
import fs, { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { formatProblem } from "../../src/source/problem";
import { MAX_SOURCE_BYTES, readSource } from "../../src/source/read-source";
import { withFile } from "./temporary";

/** What reading a file gives: its text, or the message without the folder's name. */
function read(make: (file: string) => void): string {
  return withFile("accounts.json", (file) => {
    make(file);
    const source = readSource(file);
    return "text" in source ? source.text : formatProblem(source.problem).replaceAll(file, "FILE");
  });
}

afterEach(() => jest.restoreAllMocks());

describe("a file is refused that", () => {
  test("is missing", () => {
    expect(read(() => undefined)).toBe(
      "FILE:1:1: expected a file, found nothing at FILE, do: create it, or correct the path",
    );
  });

  test("is said to be below another file", () => {
    const below = withFile("accounts.json", (file) => {
      writeFileSync(file, "{}");
      return readSource(`${file}/more.json`);
    });

    expect(below).toMatchObject({ problem: { remedy: "create it, or correct the path" } });
  });

  test.each(["", " \n\t\n"])("is empty: %j", (text) => {
    expect(read((file) => writeFileSync(file, text))).toBe(
      "FILE:1:1: expected a JSON or YAML file, found an empty file at FILE, do: write into it what is meant to be read, or name another file",
    );
  });

  test("has a byte order mark and nothing else", () => {
    expect(read((file) => writeFileSync(file, "\ufeff"))).toContain("found an empty file");
  });

  test("is a folder", () => {
    expect(read((file) => mkdirSync(file))).toBe(
      "FILE:1:1: expected a file, found a folder at FILE, do: name the file inside it",
    );
  });

  test("is a pipe, without waiting for it", () => {
    expect(read((file) => execFileSync("mkfifo", [file]))).toBe(
      "FILE:1:1: expected a regular file, found a device, pipe or socket at FILE, do: save the content as a file and name that",
    );
  });

  test("is a link to itself", () => {
    expect(read((file) => symlinkSync(file, file))).toBe(
      "FILE:1:1: expected a readable file, found that reading FILE failed (ELOOP), do: make the file readable, or name another one",
    );
  });

  test.each(["EACCES", "EPERM"])("may not be read (%s)", (code) => {
    jest.spyOn(fs, "readFileSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });

    expect(read((file) => writeFileSync(file, "{}"))).toBe(
      `FILE:1:1: expected a readable file, found no permission to read FILE (${code}), do: give your user the permission to read it`,
    );
  });

  test("has 50 MB, before it is read", () => {
    const reading = jest.spyOn(fs, "readFileSync");
    const makeLarge = (file: string) => {
      writeFileSync(file, "");
      truncateSync(file, 50_000_000);
    };

    expect(read(makeLarge)).toBe(
      "FILE:1:1: expected a file of at most 10 MB, found 50.0 MB at FILE, do: split it with include, or name another file",
    );
    expect(reading).not.toHaveBeenCalled();
  });

  test("is not UTF-8, at the byte that is not", () => {
    const latin1 = Buffer.from('{\n  "notes": "Z\u00fcrich"\n}', "latin1");

    expect(read((file) => writeFileSync(file, latin1))).toBe(
      "FILE:2:14: expected UTF-8 text, found the byte 0xFC, which is not UTF-8 there, do: save the file with the encoding UTF-8",
    );
  });

  test("is UTF-16, as some editors save", () => {
    expect(read((file) => writeFileSync(file, Buffer.from("\ufeff{}", "utf16le")))).toContain(
      "FILE:1:1: expected UTF-8 text, found the byte 0xFF",
    );
  });

  test("ends in the middle of a character", () => {
    const cut = Buffer.from('{ "notes": "Z\u00fc').subarray(0, -1);

    expect(read((file) => writeFileSync(file, cut))).toContain("FILE:1:14: expected UTF-8 text");
  });
});

describe("a file is read that", () => {
  test("has a byte order mark, which is dropped", () => {
    expect(read((file) => writeFileSync(file, "\ufeff{}"))).toBe("{}");
  });

  test("has letters of every length", () => {
    expect(read((file) => writeFileSync(file, '"aü€😀"'))).toBe('"aü€😀"');
  });

  test("is as large as a file may be", () => {
    const text = "a".repeat(MAX_SOURCE_BYTES);

    expect(read((file) => writeFileSync(file, text))).toHaveLength(MAX_SOURCE_BYTES);
    expect(read((file) => writeFileSync(file, `${text}a`))).toContain("at most 10 MB");
  });

  test("is a link to another", () => {
    const linked = withFile("target.json", (target) => {
      writeFileSync(target, "{}");
      symlinkSync(target, `${target}.link`);
      return readSource(`${target}.link`);
    });

    expect(linked).toEqual({ text: "{}" });
  });
});

test("a file that another names is told where that other names it", () => {
  const namedAt = { location: { file: "accounts.json", line: 3, column: 5 }, path: ["include", 0] };

  expect(readSource("no/such/file.json", namedAt)).toMatchObject({
    problem: { location: namedAt.location, path: "include[0]" },
  });
});
