import { join } from "node:path";
import { findAccountsFile } from "../../../src/model/file/find-accounts-file";
import { mainFile } from "../../../src/model/read-model";
import { inFolder } from "../folder";

test.each([
  ["accounts.json", ["accounts.json"]],
  ["crosstrust.json", ["accounts.json", "crosstrust.json"]],
  ["crosstrust.yaml", ["accounts.json", "crosstrust.yaml"]],
  ["accounts.yml", ["accounts.yml"]],
  ["accounts.json", ["accounts.json", "accounts.yaml"]],
  ["accounts.json", []],
])("%s is the main file of a folder with %j", (expected, names) => {
  const files = Object.fromEntries(names.map((name) => [name, "{}"]));

  inFolder(files, (folder) => {
    expect(findAccountsFile(folder)).toBe(join(folder, expected));
  });
});

test("CROSSTRUST_ACCOUNTS names another main file, unless it is empty", () => {
  expect(mainFile({ CROSSTRUST_ACCOUNTS: "other/accounts.json" })).toBe("other/accounts.json");
  expect(mainFile({ CROSSTRUST_ACCOUNTS: "" })).toBe(mainFile({}));
});
