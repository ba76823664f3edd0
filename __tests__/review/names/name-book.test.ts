import { readEstate } from "../../../src/estate/read-estate";
import { synthesizeInMemory } from "../../../src/app";
import { knownNames, NO_NAMES } from "../../../src/review/names/known-names";
import { NameBook } from "../../../src/review/names/name-book";
import type { Named } from "../../../src/review/names/word-index";
import { modelOf, NO_EXTENSION } from "../../stacks/organization";

const MODEL = modelOf({
  settings: { organizationId: "o-a1b2c3d4e5" },
  accounts: {
    root: { id: "111111111111", management: true },
    build: { id: "222222222222" },
    prod: { id: "333333333333" },
    vendor: { id: "999999999999", external: true },
  },
  identities: { root: { users: { alice: {} } } },
  sharing: {
    images: { type: "ecr-repository", account: "build", name: "app", with: ["prod"] },
    files: {
      type: "s3-bucket",
      account: "build",
      name: "acme-files",
      with: ["prod"],
      allow: "read",
    },
    token: { type: "secret", account: "build", name: "git", with: ["prod"] },
    crypt: { type: "kms-key", account: "build", with: ["prod"], alias: "acme" },
  },
  roles: {
    ci: { accounts: ["build"], path: "/build/", trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    images: {
      name: "BuildRole",
      accounts: ["build", "prod"],
      trusts: [
        { account: "vendor", role: "pusher", externalId: "agreed" },
        {
          oidc: {
            issuer: "https://token.actions.githubusercontent.com",
            audience: "sts.amazonaws.com",
            subject: "repo:acme/infra:ref:refs/heads/main",
          },
        },
      ],
    },
    Admin: { accounts: ["prod"], trusts: [{ account: "root", user: "alice" }] },
  },
});

const ESTATE = readEstate(synthesizeInMemory(MODEL, NO_EXTENSION));
const BOOK = new NameBook(ESTATE, knownNames(MODEL));

/** ARNs that a word names, or what it most likely means. */
function shownIn<T extends { readonly arn: string }>(named: Named<T>): unknown {
  return named.found === undefined ? { closest: named.closest } : named.found.map(({ arn }) => arn);
}

const BUILD_ROLES = ["222222222222", "333333333333"].map(
  (id) => `arn:aws:iam::${id}:role/BuildRole`,
);
const CI = "arn:aws:iam::222222222222:role/build/ci";

test.each([
  ["a key, in each of its accounts", "images", BUILD_ROLES],
  ["account/key", "prod/images", [BUILD_ROLES[1]]],
  ["a name", "BuildRole", BUILD_ROLES],
  ["account/name", "prod/BuildRole", [BUILD_ROLES[1]]],
  ["account ID/name", "333333333333/BuildRole", [BUILD_ROLES[1]]],
  ["an ARN", CI, [CI]],
  ["a typo", "prod/BuildRoel", { closest: "prod/BuildRole" }],
  ["something else", "something quite else", { closest: undefined }],
])("a role is named by %s", (_, word, expected) => {
  expect(shownIn(BOOK.roles(word))).toEqual(expected);
});

test.each([
  ["a role's key", "ci", [CI]],
  ["account/user name", "root/user alice", ["arn:aws:iam::111111111111:user/alice"]],
  ["a service that a policy names", "ecs-tasks.amazonaws.com", ["ecs-tasks.amazonaws.com"]],
  ["a service that none names", "ec2.amazonaws.com", ["ec2.amazonaws.com"]],
  [
    "an issuer, at each account's provider",
    "token.actions.githubusercontent.com",
    ["222222222222", "333333333333"].map(
      (id) => `arn:aws:iam::${id}:oidc-provider/token.actions.githubusercontent.com`,
    ),
  ],
  ["an external account", "vendor", ["arn:aws:iam::999999999999:root"]],
  ["an account's ID", "999999999999", ["arn:aws:iam::999999999999:root"]],
  ["an account that nothing knows", "888888888888", ["arn:aws:iam::888888888888:root"]],
  ["an account of ours", "account prod", ["arn:aws:iam::333333333333:root"]],
  [
    "a role elsewhere that a trust names",
    "vendor/pusher",
    ["arn:aws:iam::999999999999:role/pusher"],
  ],
  [
    "a role elsewhere that nothing names",
    "arn:aws:iam::888888888888:role/x",
    ["arn:aws:iam::888888888888:role/x"],
  ],
  [
    "a role of ours that no stack makes",
    "arn:aws:iam::333333333333:role/Admim",
    { closest: "arn:aws:iam::333333333333:role/Admin" },
  ],
  ["a typo", "root/user alcie", { closest: "root/user alice" }],
])("a principal is named by %s", (_, word, expected) => {
  const named = shownIn(BOOK.principals(word));
  expect(named).toEqual(expected);
});

const BUCKET = "arn:aws:s3:::acme-files";
const KEY = "arn:aws:kms:us-east-1:222222222222:alias/acme";

test.each([
  ["a key of sharing, before a role's", "images", ["repository/app"]],
  ["account/key", "build/files", [BUCKET]],
  ["its name", "acme-files", [BUCKET]],
  ["a bucket and an object's key", "acme-files/a/b.txt", [`${BUCKET}/a/b.txt`]],
  ["an ARN and an object's key", `${BUCKET}/a`, [`${BUCKET}/a`]],
  ["an alias", "alias/acme", [KEY]],
  ["the key of a key", "crypt", [KEY]],
  ["account/name", "build/app", ["repository/app"]],
  ["a secret's plain name", "git", ["secret:git-aaaaaa"]],
  ["a secret's name", "secret:git", ["secret:git-aaaaaa"]],
  ["a typo", "acme-flies", { closest: "acme-files" }],
])("a resource is named by %s", (_, word, expected) => {
  const named = shownIn(BOOK.resources(word));
  expect(
    Array.isArray(named) ? named.map((arn: string, i) => endOf(arn, expected, i)) : named,
  ).toEqual(expected);
});

/** The end of an ARN, as long as what is expected. */
function endOf(arn: string, expected: unknown, index: number): string {
  const text: unknown = Array.isArray(expected) ? expected[index] : undefined;
  return typeof text === "string" ? arn.slice(-text.length) : arn;
}

test("who is in an account outside may do what its owner permits, in one of ours it cannot be told", () => {
  const policiesOf = (word: string) =>
    BOOK.principals(word).found?.[0].caller.identityPolicies.map(({ document }) => document);
  expect(policiesOf("vendor")).toEqual([expect.objectContaining({ Statement: expect.anything() })]);
  expect(policiesOf("account prod")).toEqual([undefined]);
});

test("without an accounts file accounts go by their IDs", () => {
  const book = new NameBook(ESTATE, NO_NAMES);
  expect(shownIn(book.roles("222222222222/ci"))).toEqual([CI]);
  expect(book.shown(CI)).toBe("222222222222/ci");
});
