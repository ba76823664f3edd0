import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withSchema } from "../../src/review/access-tests/schema";
import { Checkout } from "../cli/checkout";
import { readPage, ROOT } from "./markdown";

const PAGE = readPage("docs/review.md")
  .split(/^## /m)
  .find((part) => part.startsWith("Access tests"))!;

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout(JSON.parse(readFileSync(join(ROOT, "accounts.json"), "utf8")));
});

afterAll(() => checkout.remove());

test("the access tests of docs/review.md pass on the sample", async () => {
  const [, tests] = /^```json\n([^]*?)^```/m.exec(PAGE) ?? [];
  checkout.write("access-tests.json", tests);
  const { code, out } = await checkout.run("test");
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("2 passed, 0 failed") });
});

test("the failure that it shows is what crosstrust test prints", async () => {
  const [, shown] = /^```text\n([^]*?)^```/m.exec(PAGE) ?? [];
  const test = {
    name: "The vendor reads production",
    principal: "vendor",
    role: "prod-eu/VendorReadOnly",
    expect: "allowed",
  };
  checkout.write("access-tests.json", JSON.stringify([test]));
  const { out } = await checkout.run("test");
  expect(out.startsWith(shown)).toBe(true);
});

test.each(Object.keys(withSchema.shape))("its table says what %s is", (key) => {
  expect(PAGE).toMatch(new RegExp(`^\\| .*\`${key}\`.* \\|.*\\|$`, "m"));
});
