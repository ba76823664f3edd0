import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { examplesOf, patternOf, readPage, ROOT } from "./markdown";

/* The organization of docs/only-path.md, and what the page shows of it. */

const PAGE = readPage("docs/only-path.md");
const [, ORGANIZATION] = /^```json\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
const [CHECK, CHECK_WITH_USER, ...OTHERS] = examplesOf(PAGE).flatMap((example) =>
  example.kind === "console" ? example.commands : [],
);

async function run(file: object, command: string) {
  const checkout = new Checkout(file);
  try {
    return await checkout.run(...command.split(" ").slice(2));
  } finally {
    checkout.remove();
  }
}

test("the page shows examples/only-path as it is", () => {
  const file = readFileSync(join(ROOT, "examples/only-path/accounts.json"), "utf8");
  expect(ORGANIZATION).toBe(file);
});

test("check finds nothing, and says what it does not judge", async () => {
  const { code, out, err } = await run(JSON.parse(ORGANIZATION), CHECK.command);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(patternOf(CHECK.output));
});

test.each([
  ["of a group without users", { users: [] }, {}],
  ["that trusts nobody any more", {}, { trusts: [] }],
])("check promises no break-glass role %s", async (_, group, role) => {
  const file = JSON.parse(ORGANIZATION);
  Object.assign(file.identities.root.groups.OnCall, group);
  Object.assign(file.roles.BreakGlass, role);
  const { code, out } = await run(file, CHECK.command);
  expect(code).toBe(0);
  expect(out).toContain("only way in; no role for emergencies that anybody can take\n");
  expect(out).not.toContain("for emergencies: BreakGlass");
});

describe("with a user in prod", () => {
  const { identities, ...rest } = JSON.parse(ORGANIZATION);
  const withUser = { ...rest, identities: { ...identities, prod: { users: { eve: {} } } } };

  test("check finds it", async () => {
    const { code, out } = await run(withUser, CHECK_WITH_USER.command);
    expect(code).toBe(1);
    expect(out).toMatch(patternOf(CHECK_WITH_USER.output));
  });

  test("and says so for programs", async () => {
    const { code, out } = await run(withUser, "npx crosstrust check --json");
    expect(code).toBe(1);
    const { onlyPath } = JSON.parse(out);
    expect(onlyPath.accounts).toEqual([
      {
        account: "security",
        accountId: "100000000002",
        breakGlass: ["BreakGlass"],
        namesAccounts: false,
      },
      {
        account: "prod",
        accountId: "100000000004",
        breakGlass: ["BreakGlass"],
        namesAccounts: false,
      },
    ]);
    expect(onlyPath.otherWays).toEqual([
      expect.objectContaining({
        accountId: "100000000004",
        who: "arn:aws:iam::100000000004:user/eve",
        origin: expect.objectContaining({ stack: "prod" }),
      }),
    ]);
    expect(onlyPath.notJudged).toHaveLength(2);
  });
});

test.each(OTHERS.map((each) => [each.command, each] as const))(
  "%s prints what the page shows",
  async (command, { output }) => {
    const { code, out } = await run(JSON.parse(ORGANIZATION), command);
    expect(code).toBe(0);
    expect(out).toMatch(patternOf(output));
  },
);
