import { closestTo } from "../../src/source/closest";
import { Suggestions } from "../../src/source/suggestions";

const KEYS = ["path", "import", "notes", "managedPolicies", "external", "externalId"];

test.each([
  ["paht", "path"],
  ["Path", "path"],
  ["managedPolicys", "managedPolicies"],
  ["ManagedPolicyArns", "managedPolicies"],
  ["extrenal", "external"],
  ["externalID", "externalId"],
  ["note", "notes"],
  ["imports", "import"],
])("%s most likely means %s", (word, expected) => {
  expect(closestTo(word, KEYS)).toBe(expected);
});

test.each(["", "x", "team", "costCentre", "warehouse"])("%j is like none", (word) => {
  expect(closestTo(word, KEYS)).toBeUndefined();
});

test("of equally near words the first is meant", () => {
  expect(closestTo("cx", ["ca", "cb"])).toBe("ca");
});

test("suggestions are those of the closest word, and end with more words than people misspell", () => {
  const suggestions = new Suggestions(() => KEYS);

  expect(suggestions.closestTo("paht")).toBe("path");
  for (let word = 0; word < 300; word += 1) suggestions.closestTo(`word-${word}`);
  expect(suggestions.closestTo("paht")).toBe("path");
  expect(suggestions.closestTo("extrenal")).toBeUndefined();
});
