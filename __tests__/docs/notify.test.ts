import { eventNamed } from "../notifications/events";
import { makeMessage, readUse, trustOf } from "../notifications/function";
import { MESSAGE_FIELDS } from "../../src/notifications/message-event";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { principalTrust } from "../../src/trust/principal-trust";
import { trustPolicy } from "../../src/trust/trust-policy";
import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage, type ExampleCommand } from "./markdown";

/* The organization of docs/notify.md, and what the page shows of it. */

const PAGE = readPage("docs/notify.md");
const [, ORGANIZATION] = /^```json\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
const [, MAIL] = /^```text\n([\s\S]*?)\n```/m.exec(PAGE) ?? [];

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

test("its rollout can be rehearsed to the end, the reader's trust included", async () => {
  const { code, out } = await checkout.run("rehearse");

  expect(code).toBe(0);
  expect(out).toMatch(/client\/crosstrust-notify-read +security\/crosstrust-notify +principal/);
  expect(out).toMatch(/Everything is tightened\.\n$/);
});

const EXAMPLES = examplesOf(PAGE).flatMap((example) =>
  example.kind === "console"
    ? example.commands.map((each): [string, ExampleCommand] => [each.command, each])
    : [],
);

test.each(EXAMPLES)("%s prints what the page shows", async (command, { output }) => {
  const { code, out } = await checkout.run(...command.split(" ").slice(2));

  expect(code).toBe(0);
  expect(out).toMatch(patternOf(output));
});

test("the mail is the function's, of a trust that waits for a user", () => {
  const use = readUse(eventNamed("user-of-another-account"));
  if (use === undefined) throw new Error("expected a use");
  const trust = principalTrust("arn:aws:iam::777788889999:user/JohnDoe", EMPTY_LOCK);
  expect(makeMessage(use, trustOf(trustPolicy([trust]), use)).text).toBe(MAIL);
});

test("every field of a message has a place in the page's table", () => {
  for (const field of MESSAGE_FIELDS) expect(PAGE).toMatch(new RegExp(`^\\|.*\`${field}\``, "m"));
});
