import { KeyGrants, type KeyGrantsProps } from "../../src/constructs/key-grants";
import { addressOf, countResources, only, synthesizeStack } from "./stack-json";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888";
const ROLE =
  "arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

function synthesize(props: Partial<KeyGrantsProps> = {}) {
  return synthesizeStack((stack) => {
    new KeyGrants(stack, "grants", {
      serviceName: "autoscaling.amazonaws.com",
      granteeArn: ROLE,
      serviceLinkedRole: "defined",
      grants: [{ name: "ami", keyArn: KEY }],
      ...props,
    });
  });
}

test("the service-linked role is made first, then the grant with what Auto Scaling needs", () => {
  const stack = synthesize();
  expect(only(stack, "aws_iam_service_linked_role")).toEqual({
    aws_service_name: "autoscaling.amazonaws.com",
  });
  expect(only(stack, "aws_kms_grant")).toEqual({
    name: "ami",
    key_id: KEY,
    grantee_principal: ROLE,
    operations: [
      "CreateGrant",
      "Decrypt",
      "DescribeKey",
      "Encrypt",
      "GenerateDataKey",
      "GenerateDataKeyWithoutPlaintext",
      "ReEncryptFrom",
      "ReEncryptTo",
    ],
    depends_on: [addressOf(stack, "aws_iam_service_linked_role")],
  });
});

test("an existing service-linked role is not made, and a key of another Region says so", () => {
  const stack = synthesize({
    serviceLinkedRole: "existing",
    grants: [{ name: "ami", keyArn: KEY, region: "us-east-1" }],
  });
  expect(countResources(stack)).toEqual({ aws_kms_grant: 1 });
  expect(only(stack, "aws_kms_grant")).toMatchObject({ region: "us-east-1" });
  expect(only(stack, "aws_kms_grant")).not.toHaveProperty("depends_on");
});

test("while no key is known, the service-linked role alone is made", () => {
  expect(countResources(synthesize({ grants: [] }))).toEqual({ aws_iam_service_linked_role: 1 });
});
