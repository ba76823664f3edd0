import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage, ROOT, type ExampleCommand } from "./markdown";

/* The examples of docs/people.md, one after the other, on the organization that the page shows. */

const PAGE = readPage("docs/people.md");
const [, ORGANIZATION] = /^```json\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
const AWS_CONFIG_FILE = process.env.AWS_CONFIG_FILE;

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout(JSON.parse(ORGANIZATION));
  checkout.write("aws/config", "[default]\nregion = eu-west-1\n");
  process.env.AWS_CONFIG_FILE = checkout.path("aws/config");
});

afterAll(() => {
  checkout.remove();
  if (AWS_CONFIG_FILE === undefined) delete process.env.AWS_CONFIG_FILE;
  else process.env.AWS_CONFIG_FILE = AWS_CONFIG_FILE;
});

test("nothing is wrong with the organization", async () => {
  const { code, out, err } = await checkout.run("check");

  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/no errors, 0 warnings\n$/);
});

// An example in a list is indented.
const EXAMPLES = examplesOf(PAGE.replace(/^ {2,3}/gm, "")).flatMap((example) =>
  example.kind === "console"
    ? example.commands.map((each): [string, ExampleCommand] => [each.command, each])
    : [],
);

test("the page shows examples of links and of profiles in each form", () => {
  expect(EXAMPLES.map(([command]) => command)).toEqual([
    "npx crosstrust links",
    "npx crosstrust profiles --user alice --print",
    "npx crosstrust profiles --user alice",
    "npx crosstrust profiles --user alice",
    "npx crosstrust profiles --role ci --print",
    "npx crosstrust profiles --user bob --format extend-switch-roles",
  ]);
});

test.each(EXAMPLES)("%s prints what the page shows", async (command, { output }) => {
  const { code, out, err } = await checkout.run(...command.split(" ").slice(2));

  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(patternOf(output));
});

test("the handover of the page is of a role that the page has, and names the external ID", async () => {
  const { code, out } = await checkout.run("handover", "OurThingBuildRole");

  expect(code).toBe(0);
  expect(out).toContain("arn:aws:iam::100000000203:role/OurThingBuildRole");
  expect(ORGANIZATION).toContain(/external_id = (\S+)/.exec(out)?.[1] ?? "none");
});

test("the page names every colour that there is", () => {
  const colors: object = JSON.parse(
    readFileSync(join(ROOT, "src/iam/console-colors.json"), "utf8"),
  );
  for (const name of Object.keys(colors)) expect(PAGE).toContain(`\`${name}\``);
});
