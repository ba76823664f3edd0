import type { Model } from "../../src/model/model";
import { stageOf, isPrincipalTrust } from "../../src/trust/trust";
import { NOW } from "./deployed";
import { printed, readFiles, type Files } from "./folder";
import { EMPTY_LOCK_FILE, filesOf } from "./organization";

const CI = "arn:aws:iam::444455556666:role/ci";
const CONFIRMED = { uniqueId: "AROAEXAMPLEEXAMPLE01", confirmedAt: NOW };
const STAGED = { trust: { account: "shared", role: "ci" } };

function problems(change: Parameters<typeof filesOf>[0], lock: Files[string]): readonly string[] {
  const files = { ...filesOf(change), "trust.lock.json": lock };
  return printed(readFiles(files).problems);
}

function lockOf(entry: object): Files[string] {
  return { ...EMPTY_LOCK_FILE, principals: { [CI]: { ...CONFIRMED, ...entry } } };
}

function stages(model: Model | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (model?.roles ?? []).flatMap((role) =>
      role.trusts
        .filter(isPrincipalTrust)
        .map((trust) => [role.account.name, stageOf(trust)] as const),
    ),
  );
}

describe("a missing lock", () => {
  test("is an error as soon as a trust tightens", () => {
    expect(problems(STAGED, undefined)).toEqual([
      "accounts.json:1:1: expected trust.lock.json beside this file, found none: every trust would fall back to the whole account, do: restore it from version control; for a new organization run npx crosstrust confirm --init",
    ]);
  });

  test.each([
    ["a trust that is kept", { trust: { ...STAGED.trust, tighten: "never" } }],
    ["services alone", {}],
  ])("is fine with %s", (_, change) => {
    expect(problems(change, undefined)).toEqual([]);
  });

  test("is fine for the command that makes one", () => {
    const files = { ...filesOf(STAGED), "trust.lock.json": undefined };
    const { problems: found, lockFile } = readFiles(files, "accounts.json", {
      lock: "to be written",
    });

    expect(printed(found)).toEqual([]);
    expect(lockFile).toMatch(/\/trust\.lock\.json$/);
  });
});

describe("a principal that was gone from accounts.json", () => {
  test("and is back is an error until it is confirmed anew", () => {
    expect(problems(STAGED, lockOf({ absent: true }))).toEqual([
      `trust.lock.json:4:5 principals["${CI}"]: expected a principal that was never gone, or a new confirmation, found one that accounts.json did not have for a while: its role may have been deleted, do: run npx crosstrust confirm once it exists, or npx crosstrust confirm --prune to start over at stage account`,
    ]);
  });

  test("counts for nothing while it is gone", () => {
    expect(problems({}, lockOf({ absent: true }))).toEqual([]);
  });

  test("does not tighten its trusts", () => {
    const files = { ...filesOf(STAGED), "trust.lock.json": lockOf({ absent: true }) };

    expect(stages(readFiles(files).model)).toEqual({ client: "account" });
  });
});

test("a lock that is broken is told with its line, and not taken for a missing one", () => {
  expect(problems(STAGED, "{\n  oops\n}")).toEqual([
    expect.stringMatching(/^trust\.lock\.json:2:3: expected /),
  ]);
});

describe("the stage of a trust", () => {
  const both = { role: { accounts: ["client", "root"], trusts: [STAGED.trust] } };
  const at = (lock: Files[string]) =>
    stages(readFiles({ ...filesOf(both), "trust.lock.json": lock }).model);

  test("is account while the principal is not confirmed", () => {
    expect(at(EMPTY_LOCK_FILE)).toEqual({ client: "account", root: "account" });
  });

  test("is role once it is", () => {
    expect(at(lockOf({}))).toEqual({ client: "role", root: "role" });
  });

  test("is account where it was reopened, and there alone", () => {
    expect(at(lockOf({ reopenedIn: ["111122223333"] }))).toEqual({
      client: "account",
      root: "role",
    });
  });
});
