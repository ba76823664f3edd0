import { readFiles, printed } from "./folder";
import accounts from "./cases/accounts.json";
import files from "./cases/files.json";
import followUps from "./cases/follow-ups.json";
import identities from "./cases/identities.json";
import logs from "./cases/logs.json";
import oidc from "./cases/oidc.json";
import roles from "./cases/roles.json";
import selectors from "./cases/selectors.json";
import settings from "./cases/settings.json";
import sharing from "./cases/sharing.json";
import statements from "./cases/statements.json";
import together from "./cases/together.json";
import trusts from "./cases/trusts.json";
import warnings from "./cases/warnings.json";
import { filesOf, type Change } from "./organization";

/** A change of an organization that nothing is wrong with, and what `check` then says. */
interface Case extends Change {
  readonly name: string;
  readonly problems: readonly string[];
}

interface Family {
  readonly rule: string;
  readonly cases: readonly Case[];
}

const FAMILIES: readonly Family[] = [
  accounts,
  roles,
  statements,
  trusts,
  oidc,
  selectors,
  identities,
  logs,
  settings,
  sharing,
  files,
  followUps,
  warnings,
  together,
];

test("nothing is wrong with the organization that the cases change", () => {
  expect(printed(readFiles(filesOf({})).problems)).toEqual([]);
});

describe.each(FAMILIES)("$rule", ({ cases }) => {
  test.each(cases)("$name", ({ problems, ...change }) => {
    expect(printed(readFiles(filesOf(change)).problems)).toEqual(problems);
    expect(problems).not.toEqual([]);
  });
});
