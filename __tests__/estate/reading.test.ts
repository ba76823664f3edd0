import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  controlLines,
  estateOfRule,
  identityLines,
  resourceRows,
  unknownLines,
  type ReadingRule,
} from "./reading-table";

const FOLDER = join(__dirname, "reading");

describe.each(readdirSync(FOLDER).sort())("%s", (file) => {
  const rules: readonly ReadingRule[] = jest.requireActual(join(FOLDER, file));

  it.each(rules.map((rule) => [rule.rule, rule] as const))("%s", (_, rule) => {
    const estate = estateOfRule(rule);
    expect(identityLines(estate)).toEqual(rule.identities);
    expect(resourceRows(estate)).toEqual(rule.resources ?? []);
    expect(controlLines(estate)).toEqual(rule.controls ?? []);
    expect(unknownLines(estate)).toEqual(rule.unknowns);
  });
});
