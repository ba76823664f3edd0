import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readModel } from "../../src/model/read-model";
import { formatProblem } from "../../src/source/problem";
import { inFolder } from "./folder";
import { EMPTY_LOCK_FILE } from "./organization";

/** The problems of a main file that is made so, without the folder's name. */
function problems(name: string, make: (file: string) => void): readonly string[] {
  return inFolder({ "trust.lock.json": EMPTY_LOCK_FILE }, (folder) => {
    make(join(folder, name));
    const { problems: found } = readModel(join(folder, name));
    return found.map((each) => formatProblem(each).replaceAll(`${folder}/`, ""));
  });
}

test.each([
  ["missing", () => undefined, "expected a file, found nothing at accounts.json"],
  ["a folder", (file: string) => mkdirSync(file), "expected a file, found a folder"],
  ["empty", (file: string) => writeFileSync(file, ""), "found an empty file"],
  [
    "50 MB large",
    (file: string) => {
      writeFileSync(file, "{");
      truncateSync(file, 50_000_000);
    },
    "expected a file of at most 10 MB, found 50.0 MB",
  ],
  [
    "not UTF-8",
    (file: string) => writeFileSync(file, Buffer.from('{ "cl\u00efent": "" }', "latin1")),
    "expected UTF-8 text, found the byte 0xEF",
  ],
  [
    "nested 10,000 deep",
    (file: string) => writeFileSync(file, '{"a":'.repeat(10_000)),
    "expected at most 64 levels",
  ],
  ["null", (file: string) => writeFileSync(file, "null"), "expected an object with accounts"],
])("a main file that is %s has one problem, at its beginning", (_, make, expected) => {
  const found = problems("accounts.json", make);

  expect(found).toEqual([expect.stringContaining(expected)]);
  expect(found[0]).toMatch(/^accounts\.json:1:\d+: /);
});

test("a main file in YAML that is nested 10,000 deep has one problem", () => {
  expect(problems("accounts.yaml", (file) => writeFileSync(file, "- ".repeat(10_000)))).toEqual([
    expect.stringContaining("expected at most 64 levels"),
  ]);
});

test("a main file with a byte order mark is read", () => {
  const write = (file: string) => writeFileSync(file, '\ufeff{ "client": "111122223333" }');

  expect(problems("accounts.json", write)).toEqual([]);
});
