import { readdirSync } from "node:fs";
import { join } from "node:path";
import { accessLines, type AccessRule } from "./access-table";

const FOLDER = join(__dirname, "access");

describe.each(readdirSync(FOLDER).sort())("%s", (file) => {
  const rules: readonly AccessRule[] = jest.requireActual(join(FOLDER, file));

  it.each(rules.map((rule) => [rule.rule, rule] as const))("%s", (_, rule) => {
    expect(accessLines(rule)).toEqual(rule.access);
  });
});
