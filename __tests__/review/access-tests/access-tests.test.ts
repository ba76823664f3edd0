import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { synthesizeInMemory } from "../../../src/app";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { readAccessTests } from "../../../src/review/access-tests/read-access-tests";
import { runAccessTests } from "../../../src/review/access-tests/run-access-tests";
import { accessTestsJsonSchema } from "../../../src/review/access-tests/schema";
import { knownNames } from "../../../src/review/names/known-names";
import { NameBook } from "../../../src/review/names/name-book";
import { ROOT } from "../../docs/markdown";
import { modelOf, NO_EXTENSION } from "../../stacks/organization";
import cases from "./cases.json";
import wrong from "./wrong.json";

const MODEL = modelOf(cases.organization);
const ESTATE = readEstate(synthesizeInMemory(MODEL, NO_EXTENSION), estateFacts(MODEL));
const BOOK = new NameBook(ESTATE, knownNames(MODEL));

const FOLDER = mkdtempSync(join(tmpdir(), "crosstrust-access-tests-"));

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** What is read of a file with this content. */
async function readTests(written: unknown, name = "access-tests.json") {
  const file = join(FOLDER, name);
  writeFileSync(file, typeof written === "string" ? written : JSON.stringify(written));
  return readAccessTests(file, ESTATE, BOOK);
}

test.each(cases.cases)("$rule", async ({ test: written, result, reason }) => {
  const { tests, problems } = await readTests([{ name: "one", expect: "allowed", ...written }]);
  expect(problems).toEqual([]);
  const [{ passed, requests }] = runAccessTests(ESTATE, tests);
  expect([...new Set(requests.map(({ decided }) => decided.result))]).toEqual([result]);
  expect(passed).toBe(result === "allowed");
  if (reason !== undefined) expect(requests[0].decided.reason).toContain(reason);
});

test("an unknown answer fails a test, whatever is expected", async () => {
  const one = { principal: "alice", role: "b/until", with: { mfa: true } };
  const { tests } = await readTests([
    { name: "allowed", expect: "allowed", ...one },
    { name: "denied", expect: "denied", ...one },
  ]);
  expect(runAccessTests(ESTATE, tests).map(({ passed }) => passed)).toEqual([false, false]);
});

test("a key of several accounts is a request for each, and all must come out as expected", async () => {
  const { tests } = await readTests([
    { name: "one", principal: "a/ci", role: "build", expect: "allowed" },
  ]);
  const arns = tests[0].requests.map(({ inquiry: { target } }) =>
    target.kind === "role" ? target.role.arn : target.arn,
  );
  expect(arns.map((arn) => BOOK.shown(arn))).toEqual(["a/build", "b/build"]);
});

test.each(wrong)("$rule", async ({ written, problems }) => {
  const read = await readTests(written);
  expect(
    read.problems.map(({ path, expected, remedy }) => `${path}: ${expected}: ${remedy}`),
  ).toEqual(problems.map((text) => expect.stringContaining(text)));
});

test("problems stand where the value does, in YAML too", async () => {
  const text = "- name: x\n  principal: alcie\n  role: build\n  expect: allowed\n";
  const { problems } = await readTests(text, "access-tests.yaml");
  expect(problems.map(({ location: { line, column } }) => [line, column])).toEqual([[2, 14]]);
});

describe("access-tests.schema.json", () => {
  test("is what npm run schema would write", () => {
    expect(readFileSync(join(ROOT, "access-tests.schema.json"), "utf8")).toBe(
      accessTestsJsonSchema(),
    );
  });

  test("takes the sample's tests, and not a misspelt one", () => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(accessTestsJsonSchema()));
    expect(validate(JSON.parse(readFileSync(join(ROOT, "access-tests.json"), "utf8")))).toBe(true);
    expect(validate([{ name: "x", principle: "a", role: "b", expect: "allowed" }])).toBe(false);
  });
});
