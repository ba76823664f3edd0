import fc from "fast-check";
import { escapeTerraform } from "../../src/constructs/terraform-json";
import { mayAssume, MEMBER, outputs } from "./stacks";
import { outputsOf, TestWorld } from "./test-world";

describe("a text", () => {
  it("comes out as it was before it was escaped for Terraform, whatever is in it", () => {
    const tricky = fc
      .array(fc.constantFrom("$", "{", "}", "%", "${aws:username}", "%{if", '"', "\\", "a"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(tricky, (text) => {
        const result = new TestWorld().deploy(MEMBER, {
          output: outputs({ text: escapeTerraform(text), [`key`]: { [escapeTerraform(text)]: 1 } }),
        });
        expect(outputsOf(result)).toEqual({ text, key: { [text]: 1 } });
      }),
    );
  });

  it("keeps IAM's policy variables, which are escaped in the JSON", () => {
    const world = new TestWorld();
    const policy = escapeTerraform(mayAssume("arn:aws:iam::*:role/${aws:username}"));
    world.deploy(MEMBER, {
      resource: {
        aws_iam_user: { u: { name: "u" } },
        aws_iam_user_policy: { p: { name: "p", user: "${aws_iam_user.u.name}", policy } },
      },
    });
    const stored = world.aws.account(MEMBER).users.get("u").inlinePolicies.get("p");
    expect(stored?.document?.Statement).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ["arn:aws:iam::*:role/${aws:username}"],
      },
    ]);
  });
});
