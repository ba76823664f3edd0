import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { synthesizeInMemory } from "../../src/app";
import { readEstate } from "../../src/estate/read-estate";
import { lint } from "../../src/lint/lint";
import { modelOf } from "../stacks/organization";

test("a trap in a hand-written construct is found, with its Terraform address", async () => {
  const model = modelOf({
    accounts: { ours: { id: "111122223333" } },
    roles: { app: { accounts: ["ours"], trusts: [{ service: "ec2.amazonaws.com" }] } },
  });
  const stacks = synthesizeInMemory(model, ({ stack }) => {
    new IamRolePolicy(stack, "by-hand", {
      name: "by-hand",
      role: "app",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
      }),
    });
  });
  expect(await lint(readEstate(stacks))).toEqual([
    {
      rule: expect.objectContaining({ id: "assume-role-on-everything" }),
      ownerArn: "arn:aws:iam::111122223333:role/app",
      accountId: "111122223333",
      origin: { stack: "ours", address: "aws_iam_role_policy.by-hand" },
      where: "policy by-hand, statement 0",
      found: "sts:AssumeRole on *",
    },
  ]);
});
