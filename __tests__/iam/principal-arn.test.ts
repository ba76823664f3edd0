import { tryPrincipalKind } from "../../src/iam/principal-arn";

test.each([
  ["arn:aws:iam::111122223333:role/ci", "role"],
  ["arn:aws:iam::000000000001:role/build/tools/ci", "role"],
  ["arn:aws-us-gov:iam::111122223333:user/alice@example.com", "user"],
  ["arn:aws-cn:iam::111122223333:user/people/alice+1=,.-_", "user"],
  ["arn:aws:iam::111122223333:group/admins", undefined],
  ["arn:aws:iam::111122223333:root", undefined],
  ["arn:aws:iam::aws:role/ci", undefined],
  ["arn:aws:iam::11112222333:role/ci", undefined],
  ["arn:aws:sts::111122223333:role/ci", undefined],
  ["arn:aws:sts::111122223333:assumed-role/ci/session", undefined],
  ["arn:aws-iso:iam::111122223333:role/ci", undefined],
  ["arn:aws:iam::111122223333:role/*", undefined],
  ["arn:aws:iam::111122223333:role/c?", undefined],
  ["arn:aws:iam::111122223333:role/*/ci", undefined],
  ["arn:aws:iam::111122223333:role/${aws:username}/ci", undefined],
  ["arn:aws:iam::111122223333:role/a b/ci", undefined],
  ["arn:aws:iam::111122223333:role/ci ", undefined],
  [`arn:aws:iam::111122223333:role/${"x".repeat(65)}`, undefined],
  ["111122223333", undefined],
  ["*", undefined],
])("%s names one %s", (arn, kind) => {
  expect(tryPrincipalKind(arn)).toBe(kind);
});
