import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage } from "./markdown";

/* The example of docs/limits.md, on the organization that the page shows. */

const PAGE = readPage("docs/limits.md");
const [, ORGANIZATION] = /^```json\n([\s\S]*?)^```/m.exec(PAGE) ?? [];

test("status prints what docs/limits.md shows", async () => {
  const [example] = examplesOf(PAGE);
  const checkout = new Checkout(JSON.parse(ORGANIZATION));
  try {
    if (example.kind !== "console") throw new Error("the page has an example");
    const { code, out, err } = await checkout.run("status");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(patternOf(example.commands[0].output));
  } finally {
    checkout.remove();
  }
});
