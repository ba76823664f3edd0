import { assumeRolePolicy } from "../../src/iam/assume-role-policy";

const A = "arn:aws:iam::111122223333:role/a";
const B = "arn:aws:iam::444455556666:role/path/b";

describe("the other half of a trust", () => {
  test("allows sts:AssumeRole on exactly the roles, sorted", () => {
    expect(assumeRolePolicy([B, A, B])).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: [A, B] }],
    });
  });

  test("writes a single role as AWS gives it back", () => {
    expect(assumeRolePolicy([A])).toMatchObject({ Statement: [{ Resource: A }] });
  });

  test.each([
    "arn:aws-us-gov:iam::111122223333:role/a",
    "arn:aws-cn:iam::111122223333:role/a/b+c/d=e,f.g@h-i_j",
  ])("takes %s", (arn) => {
    expect(assumeRolePolicy([arn])).toMatchObject({ Statement: [{ Resource: arn }] });
  });

  test.each([
    "*",
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::111122223333:role/pa?h/a",
    "arn:aws:iam::111122223333:role/pa*h/a",
    "arn:aws:iam::111122223333:role/${aws:username}",
    "arn:aws:iam::111122223333:role/${aws:x}/a",
    "arn:aws:iam::*:role/a",
    "arn:aws:iam::aws:role/a",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/a",
    "arn:aws:sts::111122223333:assumed-role/a/session",
    "arn:aws:iam::111122223333:role/a b",
    `arn:aws:iam::111122223333:role/${"x".repeat(65)}`,
    "",
  ])("refuses what is not one role: %s", (arn) => {
    expect(() => assumeRolePolicy([A, arn])).toThrow(
      `expected the ARN of one role, without wildcards (arn:aws:iam::111122223333:role/name), found ${JSON.stringify(arn)}`,
    );
  });

  test("refuses to be about no role", () => {
    expect(() => assumeRolePolicy([])).toThrow("expected at least one role ARN");
  });
});
