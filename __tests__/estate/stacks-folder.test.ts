import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readStacksFromFolder } from "../../src/estate/stacks-folder";
import { ProblemsError } from "../../src/source/problem";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crosstrust-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: unknown): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

function manifestOf(paths: Readonly<Record<string, unknown>>): unknown {
  const stacks = Object.entries(paths).map(([name, synthesizedStackPath]) => [
    name,
    { name, synthesizedStackPath, workingDirectory: `stacks/${name}` },
  ]);
  return { version: "0.21.0", stacks: Object.fromEntries(stacks) };
}

/** What is wrong with the folder: `path expected …, found …`. */
function problems(): readonly string[] {
  try {
    readStacksFromFolder(folder);
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ location, path, expected, found, remedy }) => {
      expect(remedy).toBe(
        "synthesize the stacks again, or name the folder that cdktf wrote them to",
      );
      const file = location.file.slice(location.file.lastIndexOf("crosstrust-test-") + 22);
      return `${file}:${location.line} ${path} expected ${expected}, found ${found}`;
    });
  }
  return [];
}

describe("a folder of synthesized stacks", () => {
  it("has the stacks of its manifest, in its order, and none of those left behind", () => {
    write("manifest.json", manifestOf({ b: "stacks/b/cdk.tf.json", a: "stacks/a/cdk.tf.json" }));
    write("stacks/a/cdk.tf.json", { resource: { a: 1 } });
    write("stacks/b/cdk.tf.json", { resource: { b: 1 } });
    write("stacks/removed/cdk.tf.json", { resource: { removed: 1 } });
    expect([...readStacksFromFolder(folder)]).toEqual([
      ["b", { resource: { b: 1 } }],
      ["a", { resource: { a: 1 } }],
    ]);
  });

  it("fails without a manifest", () => {
    expect(problems()).toEqual([expect.stringContaining("/manifest.json:1  expected")]);
  });

  it("fails when the folder itself is missing", () => {
    rmSync(folder, { recursive: true });
    expect(problems()).toHaveLength(1);
  });

  it.each([
    ["no JSON", '{\n  "stacks": {,}\n}', "/manifest.json:2"],
    ["a list", [], "/manifest.json:1  expected a JSON object, found []"],
    ["empty", "", "/manifest.json:1"],
    [
      "without stacks",
      {},
      "/manifest.json:1 stacks expected the stacks of a cdktf manifest, found nothing",
    ],
    ["nested too deep", "[".repeat(100_000), "/manifest.json:1"],
  ])("fails when the manifest is %s", (_, content, expected) => {
    write("manifest.json", content);
    expect(problems()).toEqual([expect.stringContaining(expected)]);
  });

  it("fails with everything that is wrong at once", () => {
    write(
      "manifest.json",
      manifestOf({
        gone: "stacks/gone/cdk.tf.json",
        broken: "stacks/broken/cdk.tf.json",
        text: "stacks/text/cdk.tf.json",
        outside: "../elsewhere/cdk.tf.json",
        sneaky: "stacks/../../elsewhere/cdk.tf.json",
        absolute: "/elsewhere/cdk.tf.json",
        number: 5,
        fine: "stacks/fine/cdk.tf.json",
      }),
    );
    write("stacks/broken/cdk.tf.json", "{");
    write("stacks/text/cdk.tf.json", '"text"');
    write("stacks/fine/cdk.tf.json", {});
    expect(problems()).toEqual([
      expect.stringMatching(/^\/stacks\/gone\/cdk\.tf\.json:1/),
      expect.stringMatching(/^\/stacks\/broken\/cdk\.tf\.json:1/),
      '/stacks/text/cdk.tf.json:1  expected a JSON object, found "text"',
      '/manifest.json:1 stacks.outside.synthesizedStackPath expected a path inside the folder, found "../elsewhere/cdk.tf.json"',
      '/manifest.json:1 stacks.sneaky.synthesizedStackPath expected a path inside the folder, found "stacks/../../elsewhere/cdk.tf.json"',
      '/manifest.json:1 stacks.absolute.synthesizedStackPath expected a path inside the folder, found "/elsewhere/cdk.tf.json"',
      "/manifest.json:1 stacks.number.synthesizedStackPath expected a path inside the folder, found the number 5",
    ]);
  });
});
