import { readFiles, printed } from "./folder";
import accounts from "./cases/accounts.json";
import files from "./cases/files.json";
import followUps from "./cases/follow-ups.json";
import identities from "./cases/identities.json";
import logs from "./cases/logs.json";
import notifications from "./cases/notifications.json";
import oidc from "./cases/oidc.json";
import permissionSets from "./cases/permission-sets.json";
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
  permissionSets,
  selectors,
  identities,
  logs,
  notifications,
  settings,
  sharing,
  files,
  followUps,
  warnings,
  together,
];

/** The keys that are known are many, and grow. */
function withoutKnownKeys(problem: string): string {
  return problem.replace(/one of the keys [\w$]+(, [\w$]+)+, found/g, "one of the keys …, found");
}

test("nothing is wrong with the organization that the cases change", () => {
  expect(printed(readFiles(filesOf({})).problems)).toEqual([]);
});

test("an unknown key is told the known ones", () => {
  const { problems } = readFiles({
    "accounts.json": { accounts: { a: { id: "", costCentre: "x" } } },
  });
  expect(printed(problems)[0]).toContain(
    "expected one of the keys id, management, external, email,",
  );
});

describe.each(FAMILIES)("$rule", ({ cases }) => {
  test.each(cases)("$name", ({ problems, ...change }) => {
    const found = printed(readFiles(filesOf(change)).problems);
    expect(found.map(withoutKnownKeys)).toEqual(problems);
    expect(problems).not.toEqual([]);
  });
});
