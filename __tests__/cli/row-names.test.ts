import { namedKey } from "../../src/cli/row-names";

const NAMES = new Map([
  ["100000000001", "root"],
  ["arn:aws:kms:eu-west-1:100000000001:alias/ami", "root/kms-key ami"],
]);

test.each([
  ["account 100000000001", "root"],
  ["group 100000000001/Cross Account", "root/group Cross Account"],
  ["permission set 100000000001/Operator", "root/permission set Operator"],
  ["group 100000000009/Others", "100000000009/group Others"],
  ["arn:aws:iam::100000000001:role/ci", "root/ci"],
  ["arn:aws:kms:eu-west-1:100000000001:alias/ami", "root/kms-key ami"],
  ["ec2.amazonaws.com", "ec2.amazonaws.com"],
])("what the lock knows as %s people know as %s", (key, name) => {
  expect(namedKey(key, NAMES)).toBe(name);
});
