import { setImmediate } from "node:timers/promises";
import { askEach } from "../../src/cli/ask-backends";
import { FakeTerminal } from "./fake-terminal";

test("where one backend fails, the others asked with it come to their end first", async () => {
  const ended: string[] = [];
  const ask = async ({ stack }: { readonly stack: string }): Promise<void> => {
    if (stack === "fails") throw new Error("out of reach");
    await setImmediate();
    ended.push(stack);
  };
  const asked = askEach(
    new FakeTerminal(),
    [
      ["fails", {}],
      ["slow", {}],
    ],
    ask,
  );
  await expect(asked).rejects.toThrow("out of reach");
  expect(ended).toEqual(["slow"]);
});
