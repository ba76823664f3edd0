import { isUniqueIdOf } from "../../src/trust/unique-id";

const ROLE = "arn:aws:iam::111122223333:role/build/ci";
const USER = "arn:aws:iam::111122223333:user/alice";

test.each([
  [ROLE, "AROAEXAMPLEEXAMPLE01", true],
  [ROLE, "AROAEXAMPLEEXAMPLE012", true],
  [USER, "AIDAEXAMPLEEXAMPLE01", true],
  [ROLE, "AIDAEXAMPLEEXAMPLE01", false],
  [USER, "AROAEXAMPLEEXAMPLE01", false],
  [ROLE, "AROAEXAMPLEEXAMPLE0", false],
  [ROLE, "AROAEXAMPLEEXAMPLE0x", false],
  [ROLE, "AROAEXAMPLEEXAMPLE01:session", false],
  [ROLE, " AROAEXAMPLEEXAMPLE01", false],
  [ROLE, "AROAEXAMPLEEXAMPLE01\n", false],
  [ROLE, `AROA${"A".repeat(125)}`, false],
  ["arn:aws:iam::111122223333:group/admins", "AROAEXAMPLEEXAMPLE01", false],
  ["arn:aws:iam::111122223333:role/*", "AROAEXAMPLEEXAMPLE01", false],
])("of %s, %s is a unique ID: %s", (arn, id, expected) => {
  expect(isUniqueIdOf(arn, id)).toBe(expected);
});
