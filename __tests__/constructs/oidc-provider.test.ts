import { OidcProvider } from "../../src/constructs/oidc-provider";
import { countResources, only, synthesizeStack } from "./stack-json";

test("a provider has each audience once, sorted, and no thumbprints", () => {
  const stack = synthesizeStack((scope) => {
    new OidcProvider(scope, "hcp", {
      issuer: "https://app.terraform.io",
      audiences: ["sts.amazonaws.com", "aws.workload.identity", "sts.amazonaws.com"],
    });
  });
  expect(countResources(stack)).toEqual({ aws_iam_openid_connect_provider: 1 });
  expect(only(stack, "aws_iam_openid_connect_provider")).toEqual({
    url: "https://app.terraform.io",
    client_id_list: ["aws.workload.identity", "sts.amazonaws.com"],
  });
});
