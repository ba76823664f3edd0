import { extendSwitchRoles } from "../../src/people/extend-switch-roles";
import { switchLinks } from "../../src/people/links";
import { PackedSize } from "../../src/people/packed-size";
import { ADMINS, agency, user } from "./agency";

const MODEL = agency({
  roles: {
    app: {
      path: "/people/",
      accounts: ["client"],
      trusts: [ADMINS],
      console: { displayName: "Client", color: "green" },
    },
    audit: { accounts: ["*"], trusts: [ADMINS] },
  },
});
const ALICE = user(MODEL, "alice");
const BASE = [
  "; main/alice. An account with an alias: write the alias in place of its ID here.",
  "[main]",
  "aws_account_id = 100000000001",
  "",
];
const [APP, CLIENT_AUDIT, OTHER_AUDIT] = [
  [
    "[client/app]",
    "role_arn = arn:aws:iam::111122223333:role/people/app",
    "region = us-east-1",
    "color = b7ca9d",
    "source_profile = main",
    "",
  ],
  [
    "[client/audit]",
    "role_arn = arn:aws:iam::111122223333:role/audit",
    "region = us-east-1",
    "source_profile = main",
    "",
  ],
  [
    "[other/audit]",
    "role_arn = arn:aws:iam::444455556666:role/audit",
    "region = eu-west-1",
    "source_profile = main",
    "",
  ],
];

function parts(storage?: number): readonly string[] {
  return extendSwitchRoles(ALICE, switchLinks(MODEL, ALICE).links, storage);
}

test("the roles are targets of the account that the person signs in to", () => {
  expect(parts()).toEqual([[...BASE, ...APP, ...CLIENT_AUDIT, ...OTHER_AUDIT].join("\n")]);
});

test("what is too much for the extension's storage comes in parts, each complete", () => {
  const size = new PackedSize();
  size.add([...BASE, ...APP, ...CLIENT_AUDIT].join("\n"));

  expect(parts(size.characterCount)).toEqual([
    [...BASE, ...APP, ...CLIENT_AUDIT].join("\n"),
    [...BASE, ...OTHER_AUDIT].join("\n"),
  ]);
});

test("a storage with room for no role has one role in each part", () => {
  expect(parts(1)).toHaveLength(3);
});

describe("the packed size", () => {
  const PROFILES = Array.from(
    { length: 1000 },
    (_, index) =>
      `[account-${index}/AdminRole]\nrole_arn = arn:aws:iam::${100000000000 + index * 7919}:role/AdminRole\n` +
      "region = eu-west-1\ncolor = f2b0a9\nsource_profile = root\n\n",
  ).join("");

  // The lengths that LZ-string 1.5.0 makes of them.
  test.each([
    ["nothing", "", 2],
    ["one character", "a", 2],
    ["one character many times", "a".repeat(5000), 42],
    ["every printable character once", printable(), 94],
    ["text without a pattern", withoutPattern(), 11_548],
    ["a thousand profiles", PROFILES, 6_942],
  ])("of %s is not less than it is, and not much more", (_, text, packed) => {
    const size = new PackedSize();
    size.add(text);

    expect(size.characterCount).toBeGreaterThanOrEqual(packed);
    expect(size.characterCount).toBeLessThan(packed * 1.2 + 2);
  });
});

function printable(): string {
  return Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
}

function withoutPattern(): string {
  let state = 1;
  return Array.from({ length: 20_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 94));
  }).join("");
}
