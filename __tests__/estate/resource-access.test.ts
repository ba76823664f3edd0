import { resourceAccessLines, type ResourceRule } from "./resource-access-table";

const rules: readonly ResourceRule[] = jest.requireActual("./resource-access.json");

describe("who can do what to a resource", () => {
  it.each(rules.map((rule) => [rule.rule, rule] as const))("%s", (_, rule) => {
    expect(resourceAccessLines(rule)).toEqual(rule.access);
  });
});
