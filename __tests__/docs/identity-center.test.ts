import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage, type ExampleCommand } from "./markdown";

/* The examples of docs/identity-center.md, on the organization that the page shows. */

const PAGE = readPage("docs/identity-center.md");
const [, ORGANIZATION] = /^```json\n([\s\S]*?)^```/m.exec(PAGE) ?? [];

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout(JSON.parse(ORGANIZATION));
});

afterAll(() => checkout.remove());

test("nothing is wrong with the organization", async () => {
  const { code, out, err } = await checkout.run("check");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/no errors, 0 warnings\n$/);
});

const EXAMPLES = examplesOf(PAGE).flatMap((example) =>
  example.kind === "console"
    ? example.commands.map((each): [string, ExampleCommand] => [each.command, each])
    : [],
);

test("the page shows the commands", () => {
  expect(EXAMPLES.map(([command]) => command)).toEqual([
    "npx crosstrust rehearse",
    "npx crosstrust permission-set Audit",
    "npx crosstrust profiles --permission-set Platform --source-profile hub-platform --print",
  ]);
});

test.each(EXAMPLES)("%s prints what the page shows", async (command, { output }) => {
  const { code, out } = await checkout.run(...command.split(" ").slice(2));
  expect(code).toBe(0);
  expect(out).toMatch(patternOf(output));
});
