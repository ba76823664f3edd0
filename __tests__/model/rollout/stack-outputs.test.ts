import { tryParseStackOutputs } from "../../../src/model/rollout/stack-outputs";

const CI = "arn:aws:iam::111122223333:role/ci";
const APP = "arn:aws:iam::444455556666:role/app";

test("the outputs of a stack of ours are read, whatever else it has", () => {
  const outputs = {
    trusted_principals: { [CI]: "AROAEXAMPLEEXAMPLE01" },
    trusts: { [APP]: { [CI]: "account" } },
    role_arns: { ci: CI },
    url: "https://example.com",
  };

  expect(tryParseStackOutputs(outputs)).toEqual({
    trustedPrincipals: outputs.trusted_principals,
    trusts: outputs.trusts,
  });
});

test.each([
  ["nothing", {}],
  ["null", null],
  ["no trusts, which a failed apply leaves out", { trusted_principals: {} }],
  ["texts", { trusted_principals: "", trusts: "" }],
  ["an id that is no text", { trusted_principals: { [CI]: 1 }, trusts: {} }],
])("outputs with %s are not those of an applied stack", (_, outputs) => {
  expect(tryParseStackOutputs(outputs)).toBeUndefined();
});
