import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout, type Ran } from "../cli/checkout";
import { rehearsedLock } from "../cli/rehearsed-lock";
import { ROOT } from "../docs/markdown";

const TEXT = readFileSync(join(ROOT, "accounts.json"), "utf8");

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout(JSON.parse(TEXT));
  checkout.write("accounts.json", TEXT);
});

afterAll(() => checkout.remove());

describe("the sample organization", () => {
  let rehearsed: Ran;

  beforeAll(async () => {
    rehearsed = await checkout.run("rehearse");
  });

  test("is read in a few minutes: under 250 lines", () => {
    expect(TEXT.split("\n").length).toBeLessThan(250);
  });

  test("has no error and no warning", async () => {
    const { code, out, err } = await checkout.run("check");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^accounts\.json: 11 accounts \(1 external\), /);
    expect(out).toMatch(/\nno errors, 0 warnings\n$/);
  });

  test("can be rolled out to its end", () => {
    const { code, out } = rehearsed;
    expect(code).toBe(0);
    expect(out).toMatch(/\nEverything is tightened\.\n$/);
  });

  test("prints what README.md says", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const shown = /^```\n(\d\. [^]*?)^```$/m.exec(readme)?.[1];
    expect(shown?.split("\n").length).toBeGreaterThan(5);
    expect(rehearsed.out).toContain(shown);
  });

  describe("keeps what access-tests.json says", () => {
    const TESTS = readFileSync(join(ROOT, "access-tests.json"), "utf8");

    test("before anything is deployed", async () => {
      checkout.write("access-tests.json", TESTS);
      const { code, out } = await checkout.run("test");
      expect(out).not.toContain("FAIL");
      expect(code).toBe(0);
    });

    test("and when everything is tightened", async () => {
      const later = new Checkout(JSON.parse(TEXT));
      try {
        later.write("trust.lock.json", await later.inside(rehearsedLock));
        later.write("access-tests.json", TESTS);
        const { code, out } = await later.run("test");
        expect(out).not.toContain("FAIL");
        expect(code).toBe(0);
      } finally {
        later.remove();
      }
    });

    test("some of it that somebody may, some that he may not", () => {
      const { tests }: { readonly tests: readonly { readonly expect: string }[] } =
        JSON.parse(TESTS);
      const allowed = tests.filter(({ expect: expected }) => expected === "allowed");
      expect(allowed.length).toBeGreaterThan(3);
      expect(tests.length - allowed.length).toBeGreaterThan(3);
    });
  });
});
