import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { FakeTerraform } from "../cli/fake-terraform";
import { rolledOut } from "../cli/rolled-out";
import { examplesOf, patternOf, readPage, ROOT } from "./markdown";

const HOUR = 3_600_000;

test("the commands of docs/revoke.md do what the page shows, one after the other, on examples/agency", async () => {
  const accounts = readFileSync(join(ROOT, "examples/agency/accounts.json"), "utf8");
  const checkout = new Checkout(JSON.parse(accounts));
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  try {
    const cdktf = await rolledOut(checkout);
    const examples = examplesOf(readPage("docs/revoke.md"));
    expect(examples).toHaveLength(4);
    for (const example of examples) {
      if (example.kind === "directive") {
        expect(example.text).toBe("an hour later");
        jest.setSystemTime(Date.now() + HOUR);
        continue;
      }
      for (const { command, output } of example.commands) {
        const [, typed, as = ""] = /^(.*?)(?: {2}# (.*))?$/.exec(command) ?? [];
        if (typed.startsWith("npx cdktf")) {
          await cdktf.deploy({ command: typed, as });
          continue;
        }
        const { code, out, err } = await checkout.run(...typed.split(" ").slice(2));
        expect({ command, code, err }).toEqual({ command, code: 0, err: "" });
        expect(out).toMatch(patternOf(output));
      }
    }
  } finally {
    jest.useRealTimers();
    FakeTerraform.remove();
    checkout.remove();
  }
});
