import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { pages, readPage, ROOT } from "../docs/markdown";

/* Every example that is an organization: nothing is wrong with it, and it can be rolled out. */

const EXAMPLES = join(ROOT, "examples");
const ORGANIZATIONS = readdirSync(EXAMPLES).filter((name) =>
  existsSync(join(EXAMPLES, name, "accounts.json")),
);

describe.each(ORGANIZATIONS)("examples/%s", (name) => {
  let checkout: Checkout;

  beforeAll(() => {
    checkout = new Checkout(null, null);
    cpSync(join(EXAMPLES, name), checkout.folder, { recursive: true });
  });

  afterAll(() => checkout.remove());

  test("has no error and no warning", async () => {
    const { code, out, err } = await checkout.run("check");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/no errors, 0 warnings\n$/);
  });

  test("can be rolled out", async () => {
    const { code, out } = await checkout.run("rehearse");
    expect(code).toBe(0);
    expect(out).toMatch(/\n(Everything is tightened\.|Waiting for .*)\n$/);
  });
});

/** `[examples/NAME/accounts.json](…)` and the block below it, which is that file. */
const SHOWN = /\[examples\/([\w-]+\/\w+\.json)\]\([^)]*\):\n\n```json\n([^]*?)^```/gm;

test("a page that shows an example shows the file", () => {
  const shown = pages().flatMap((page) => [...readPage(page).matchAll(SHOWN)]);
  expect(shown.length).toBeGreaterThanOrEqual(2);
  for (const [, file, block] of shown) {
    expect(block).toBe(readFileSync(join(EXAMPLES, file), "utf8"));
  }
});
