import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Extend } from "../../../src/app";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { modelOf, synthesize } from "../../stacks/organization";

const STRANGER = "arn:aws:iam::999999999999:root";

const model = modelOf({
  accounts: { root: { id: "111122223333" }, client: { id: "444455556666" } },
  identities: {
    root: { users: { alice: {} }, groups: { people: { users: ["alice"] } } },
  },
  roles: {
    Admin: { accounts: ["client"], trusts: [{ account: "root", group: "people" }] },
  },
});

function findings(stacks: ReturnType<typeof synthesize>) {
  const estate = readEstate(new Map(Object.entries(stacks)), estateFacts(model));
  return verify(model, estate).findings;
}

describe("verify finds", () => {
  it("who gets in to a role that extensions.ts adds", () => {
    const extend: Extend = ({ stack, account }) => {
      if (account.name !== "client") return;
      const Statement = [
        { Effect: "Allow", Principal: { AWS: STRANGER }, Action: "sts:AssumeRole" },
      ];
      const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
      new IamRole(stack, "own", { name: "own", assumeRolePolicy });
    };
    expect(findings(synthesize(model, extend))).toEqual([
      {
        kind: "not declared",
        accountId: "444455556666",
        origin: { stack: "client", address: "aws_iam_role.own" },
        statements: ["trust policy, statement 0"],
        arn: "arn:aws:iam::444455556666:role/own",
        principal: STRANGER,
        says: "it gets in to a role that accounts.json does not have",
        remedy: "declare it in accounts.json, or take out the statement that lets it in",
      },
    ]);
  });

  it("that it cannot tell of sessions whether they carry what an IfExists condition asks for", () => {
    const extend: Extend = ({ stack, account }) => {
      if (account.name !== "client") return;
      const Condition = { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } };
      const Statement = [
        { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition },
      ];
      const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement });
      new IamRole(stack, "own", { name: "own", assumeRolePolicy });
    };
    const stacks = new Map(Object.entries(synthesize(model, extend)));
    const { undecided } = verify(model, readEstate(stacks, estateFacts(model)));
    expect(undecided.map(({ principal, says }) => [principal, says])).toContainEqual([
      "arn:aws:iam::444455556666:role/own",
      "it cannot be told whether it gets in, which no trust declares",
    ]);
  });

  it("a group's policy with sts:AssumeRole on every resource", () => {
    const stacks = JSON.parse(JSON.stringify(synthesize(model))) as {
      root: { resource: { aws_iam_group_policy: Record<string, { policy: string }> } };
    };
    const [address, policy] = Object.entries(stacks.root.resource.aws_iam_group_policy)[0];
    policy.policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "Any", Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
    });
    const [finding, ...others] = findings(stacks as unknown as ReturnType<typeof synthesize>);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: "permission without trust",
      accountId: "111122223333",
      origin: { stack: "root", address: `aws_iam_group_policy.${address}` },
      says: "it may assume *, which accounts.json does not say",
    });
    expect(finding.statements).toEqual([expect.stringMatching(/, statement 0 \(Any\)$/)]);
  });
});
