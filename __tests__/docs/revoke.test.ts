import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage, ROOT } from "./markdown";

test("revoke prints what docs/revoke.md shows, on examples/agency", async () => {
  const [example] = examplesOf(readPage("docs/revoke.md"));
  const text = readFileSync(join(ROOT, "examples/agency/accounts.json"), "utf8");
  const checkout = new Checkout(JSON.parse(text));
  try {
    if (example.kind !== "console") throw new Error("the page has an example");
    const [{ command, output }] = example.commands;
    const { code, out, err } = await checkout.run(...command.split(" ").slice(2));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(patternOf(output));
  } finally {
    checkout.remove();
  }
});
