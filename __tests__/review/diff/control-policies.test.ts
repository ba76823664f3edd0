import { readEstate } from "../../../src/estate/read-estate";
import type { Statement } from "../../../src/iam/policy-document";
import { compareEstates } from "../../../src/review/diff/compare-estates";

const GUARD: Statement = { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" };
const OTHER: Statement = { Effect: "Deny", Action: "iam:CreateRole", Resource: "*" };

/** An organization with a role that an account trusts, and a policy of these statements on its account. */
function estate(statements: readonly Statement[] | undefined) {
  const trust = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
    },
  };
  const controls = statements && {
    aws_organizations_policy: {
      guard: {
        name: "guard",
        content: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      },
    },
    aws_organizations_policy_attachment: {
      guard: { policy_id: "${aws_organizations_policy.guard.id}", target_id: "444455556666" },
    },
  };
  const stack = {
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["444455556666"] }] },
    resource: {
      aws_iam_role: { foo: { name: "foo", assume_role_policy: JSON.stringify(trust) } },
      ...controls,
    },
  };
  return readEstate(new Map([["root", stack]]));
}

describe("control policies in a comparison", () => {
  it.each([
    ["one that goes", [GUARD], undefined, ["widened: … deny less"]],
    ["one that comes", undefined, [GUARD], ["narrowed: … deny more"]],
    ["a statement that goes", [GUARD, OTHER], [GUARD], ["widened: … deny less"]],
    ["another statement", [GUARD], [OTHER], ["undecided: … differ, and may deny more or less"]],
    ["other names", [GUARD], [{ ...GUARD, Sid: "Guard" }], []],
    ["another order", [GUARD, OTHER], [OTHER, GUARD], []],
  ])("%s", (_, before, after, told) => {
    const { differences } = compareEstates(estate(before), estate(after), {
      accounts: new Map([["444455556666", "client"]]),
    });
    const who = "the control policies of account client";
    expect(
      differences.map(({ direction, who: { label }, verb }) => `${direction}: ${label} ${verb}`),
    ).toEqual(told.map((line) => line.replace("…", who)));
  });

  it("does not hide a trust that opens behind them", () => {
    const closed = estate([{ Effect: "Deny", Action: "sts:*", Resource: "*" }]);
    const open = new Map(
      [...closed.identities].map(([arn, role]) => [
        arn,
        {
          ...role,
          trustPolicy: {
            Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } as const,
          },
        },
      ]),
    );
    const { differences } = compareEstates(closed, { ...closed, identities: open });
    expect(differences.some(({ direction }) => direction === "widened")).toBe(true);
  });
});
