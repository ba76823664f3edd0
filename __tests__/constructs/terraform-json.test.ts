import { Token } from "cdktf";
import fc from "fast-check";
import { escapeTerraform, policyJson } from "../../src/constructs/terraform-json";
import { terraformText } from "./stack-json";

test.each([
  ["${aws:username}", "$${aws:username}"],
  ["%{ if }", "%%{ if }"],
  ["$ { and % {", "$ { and % {"],
  ["costs $5 and 5%", "costs $5 and 5%"],
  // As Terraform 1.11.4 read it: "$" and the escaped "${".
  ["$${literal}", "$$${literal}"],
  ["${a}${b}%{c}", "$${a}$${b}%%{c}"],
])("%s is written %s", (text, written) => {
  expect(escapeTerraform(text)).toBe(written);
});

test("a token of cdktf stays one, so that a statement may name a resource of its stack", () => {
  const table = Token.asString({ resolve: () => "arn:aws:dynamodb:…" });
  expect(escapeTerraform(`${table}/${"${aws:username}"}`)).toBe(`${table}/$${"${aws:username}"}`);
});

test("Terraform reads every text back as it was, and finds no expression in it", () => {
  const piece = fc.constantFrom("${", "%{", "}", "a", '"', "\\", "$", "%", "ü");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      expect(terraformText(escapeTerraform(text))).toBe(text);
    }),
  );
});

test("a policy document is its JSON without white space", () => {
  expect(
    policyJson({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::${aws:username}" },
    }),
  ).toBe(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::$${aws:username}"}}',
  );
});
