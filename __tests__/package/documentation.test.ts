import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT, EXAMPLES } from "./bare-program";

const PAGE = readFileSync(join(CHECKOUT, "docs/constructs.md"), "utf8");

/** The TypeScript of the page, by the file that the line above it links to. */
const SHOWN = new Map(
  [
    ...PAGE.matchAll(
      /^\[examples\/constructs\/([\w-]+\.ts)\]\(\.\.\/examples\/constructs\/\1\):\n\n```ts\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, file, code]) => [file, code]),
);

const FILES = readdirSync(EXAMPLES).filter((name) => name.endsWith(".ts"));

test("docs/constructs.md shows every example, and no other code", () => {
  expect([...SHOWN.keys()].sort()).toEqual([...FILES].sort());
  expect(PAGE.match(/^```ts$/gm)).toHaveLength(FILES.length);
});

test.each(FILES)("docs/constructs.md shows %s as it is compiled and run", (file) => {
  expect(SHOWN.get(file)).toBe(readFileSync(join(EXAMPLES, file), "utf8"));
});

test("docs/constructs.md names every export of the package", () => {
  const surface = readFileSync(join(CHECKOUT, "src/index.ts"), "utf8");
  const exported = [...surface.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, names]) => names.split(","))
    .map((name) => name.trim())
    .filter((name) => name !== "");
  expect(exported.length).toBeGreaterThan(20);
  expect(exported.filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
});
