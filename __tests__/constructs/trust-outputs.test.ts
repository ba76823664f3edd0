import { TerraformStack, Testing } from "cdktf";
import { CrossAccountRole } from "../../src/constructs/cross-account-role";
import { TrustOutputs } from "../../src/constructs/trust-outputs";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { principalTrust } from "../../src/trust/principal-trust";
import { addressOf, synthesizeStack } from "./stack-json";
import { CI, TRUSTING } from "./trusts";

test("three outputs under fixed names, their keys sorted; `trusts` waits for the trusting roles", () => {
  const stack = synthesizeStack((scope) => {
    const role = new CrossAccountRole(scope, "images", {
      roleName: "BuildRole",
      accountId: TRUSTING,
      trusts: [principalTrust(CI, EMPTY_LOCK)],
    });
    new TrustOutputs(scope, "outputs", {
      trustedPrincipals: { "arn:b": "AROAB", "arn:a": role.uniqueIdReference },
      trusts: { [role.roleArn]: role.appliedTrusts },
      roleArns: { Z: "arn:z", BuildRole: role.roleArnReference },
      trustingRoles: [role.dependable],
    });
  });
  const role = addressOf(stack, "aws_iam_role");
  expect(stack.output).toEqual({
    trusted_principals: { value: { "arn:a": `\${${role}.unique_id}`, "arn:b": "AROAB" } },
    trusts: {
      value: { "arn:aws:iam::111122223333:role/BuildRole": { [CI]: "account" } },
      depends_on: [role],
    },
    role_arns: { value: { BuildRole: `\${${role}.arn}`, Z: "arn:z" } },
  });
});

test("a stack that trusts nobody says so, and depends on nothing", () => {
  const stack = synthesizeStack((scope) => {
    new TrustOutputs(scope, "outputs", {
      trustedPrincipals: {},
      trusts: {},
      roleArns: {},
      trustingRoles: [],
    });
  });
  expect(stack.output).toEqual({
    trusted_principals: { value: {} },
    trusts: { value: {} },
    role_arns: { value: {} },
  });
});

test("cdktf's outputs file has them directly under the stack, where confirm looks for them", () => {
  const stack = new TerraformStack(Testing.app(), "client");
  const props = { trustedPrincipals: {}, trusts: {}, roleArns: {}, trustingRoles: [] };
  new TrustOutputs(stack, "outputs", props);

  // From this part of the JSON cdktf-cli takes the nesting.
  expect(stack.toTerraform()["//"].outputs).toEqual({
    client: {
      trusted_principals: "trusted_principals",
      trusts: "trusts",
      role_arns: "role_arns",
    },
  });
});
