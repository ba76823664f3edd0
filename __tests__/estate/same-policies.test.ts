import { readEstate } from "../../src/estate/read-estate";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::222222222222:root" },
    Action: "sts:AssumeRole",
  },
});

function stackOf(accountId: string, roles: Readonly<Record<string, string>>): unknown {
  return {
    provider: { aws: [{ allowed_account_ids: [accountId] }] },
    resource: {
      aws_iam_role: Object.fromEntries(
        Object.entries(roles).map(([name, assume_role_policy]) => [
          name,
          { name, assume_role_policy },
        ]),
      ),
    },
  };
}

test("roles that trust the same share one document, across stacks: it is compiled once", () => {
  const { identities } = readEstate(
    new Map([
      ["one", stackOf("111111111111", { a: TRUST, b: TRUST })],
      ["other", stackOf("333333333333", { c: TRUST, d: TRUST.replace("root", "role/app") })],
    ]),
  );
  const documents = [...identities.values()].map(({ trustPolicy }) => trustPolicy);
  expect(documents).toHaveLength(4);
  expect(documents).not.toContain("unknown");
  expect(new Set(documents).size).toBe(2);
});

test("a policy that cannot be read is told of each role that has it", () => {
  const { unknowns } = readEstate(
    new Map([["one", stackOf("111111111111", { a: "no JSON", b: "no JSON" })]]),
  );
  expect(unknowns.map(({ origin }) => origin.address)).toEqual([
    "aws_iam_role.a",
    "aws_iam_role.b",
  ]);
});
