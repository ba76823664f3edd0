import { ExecutionRole, type ExecutionRoleProps } from "../../src/constructs/execution-role";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { principalTrust } from "../../src/trust/principal-trust";
import { countResources, only, policyOf, synthesizeStack, type StackJson } from "./stack-json";
import { allowing, lockOf, TRUSTED, TRUSTING } from "./trusts";

const DEPLOYER = `arn:aws:iam::${TRUSTED}:role/crosstrust-deployer`;
const ADMINISTRATOR = `arn:aws:iam::${TRUSTED}:role/OrganizationAccountAccessRole`;

function synthesizeExecutionRole(lock: Lock, props: Partial<ExecutionRoleProps> = {}): StackJson {
  return synthesizeStack((stack) => {
    new ExecutionRole(stack, "execution-role", {
      accountId: TRUSTING,
      deployer: principalTrust(DEPLOYER, lock, { guard: [ADMINISTRATOR, DEPLOYER] }),
      ...props,
    });
  });
}

test("it is an administrator's role that Terraform refuses to destroy", () => {
  const stack = synthesizeExecutionRole(EMPTY_LOCK);
  expect(countResources(stack)).toEqual({ aws_iam_role: 1, aws_iam_role_policy_attachment: 1 });
  expect(only(stack, "aws_iam_role")).toMatchObject({
    name: "crosstrust-execution",
    path: "/",
    description: "Terraform deploys to this account through this role",
    lifecycle: { prevent_destroy: true },
  });
  expect(only(stack, "aws_iam_role_policy_attachment").policy_arn).toBe(
    "arn:aws:iam::aws:policy/AdministratorAccess",
  );
});

test("at first the hub account is let in, for the deployer and the first deployers alone", () => {
  const stack = synthesizeExecutionRole(EMPTY_LOCK);
  expect(policyOf(only(stack, "aws_iam_role"), "assume_role_policy")).toEqual(
    allowing({
      Principal: { AWS: `arn:aws:iam::${TRUSTED}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": [ADMINISTRATOR, DEPLOYER] } },
    }),
  );
});

test("once the deployer is confirmed, the deployer alone is let in", () => {
  const stack = synthesizeExecutionRole(lockOf({ [DEPLOYER]: "AROAEXAMPLEDEPLOYER12" }));
  expect(policyOf(only(stack, "aws_iam_role"), "assume_role_policy")).toEqual(
    allowing({ Principal: { AWS: DEPLOYER }, Action: "sts:AssumeRole" }),
  );
});

test("the default policy is that of the account's partition", () => {
  const stack = synthesizeExecutionRole(EMPTY_LOCK, { partition: "aws-us-gov" });
  expect(only(stack, "aws_iam_role_policy_attachment").policy_arn).toBe(
    "arn:aws-us-gov:iam::aws:policy/AdministratorAccess",
  );
});

test("name, policies and protection can be said otherwise", () => {
  const stack = synthesizeExecutionRole(EMPTY_LOCK, {
    roleName: "terraform",
    managedPolicyArns: [],
    destroy: "allow",
  });
  expect(countResources(stack)).toEqual({ aws_iam_role: 1 });
  expect(only(stack, "aws_iam_role").name).toBe("terraform");
  expect(only(stack, "aws_iam_role")).not.toHaveProperty("lifecycle");
});
