import { readEstate } from "../../src/estate/read-estate";
import type { Estate, Identity } from "../../src/estate/estate";
import rules from "./policy-documents.json";

const PROVIDER = { aws: { region: "eu-west-1", allowed_account_ids: ["444455556666"] } };
const FOO = "arn:aws:iam::444455556666:role/foo";

function estateWith(documents: unknown, policy: string, trust = '{"Statement":[]}'): Estate {
  const stack = {
    provider: PROVIDER,
    data: { aws_iam_policy_document: documents, aws_caller_identity: { me: {} } },
    resource: {
      aws_iam_role: { foo: { name: "foo", assume_role_policy: trust } },
      aws_iam_role_policy: { p: { name: "p", role: "${aws_iam_role.foo.name}", policy } },
    },
  };
  return readEstate(new Map([["stack", stack]]));
}

function foo({ identities }: Estate): Identity | undefined {
  return identities.get(FOO);
}

describe("a policy document of a stack", () => {
  it.each(rules.map((rule) => [rule.rule, rule] as const))("%s", (_, { blocks, document }) => {
    const estate = estateWith(blocks, "${data.aws_iam_policy_document.d.json}");
    expect(foo(estate)?.policies[0].document).toEqual(document);
    expect(estate.unknowns).toEqual([]);
  });

  it("may be a trust policy", () => {
    const statement = {
      actions: ["sts:AssumeRole"],
      principals: [
        { type: "AWS", identifiers: ["111122223333"] },
        { type: "Service", identifiers: ["ec2.amazonaws.com"] },
        { type: "AWS", identifiers: ["arn:aws:iam::111122223333:root"] },
      ],
    };
    const everyone = {
      actions: ["sts:AssumeRole"],
      principals: { type: "*", identifiers: ["*"] },
    };
    const estate = estateWith(
      { d: { statement: [statement, everyone] } },
      '{"Statement":[]}',
      "${data.aws_iam_policy_document.d.minified_json}",
    );
    expect(foo(estate)?.trustPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Principal: {
            AWS: ["111122223333", "arn:aws:iam::111122223333:root"],
            Service: ["ec2.amazonaws.com"],
          },
        },
        { Effect: "Allow", Action: ["sts:AssumeRole"], Principal: "*" },
      ],
    });
  });

  it("with a table's ARN keeps what it says of assuming roles", () => {
    const estate = estateWith(
      {
        d: {
          statement: [
            { actions: ["dynamodb:PutItem"], resources: ["${aws_dynamodb_table.t.arn}"] },
            { actions: ["sts:AssumeRole"], resources: [FOO] },
          ],
        },
      },
      "${data.aws_iam_policy_document.d.json}",
    );
    expect(foo(estate)?.policies[0].document?.Statement).toEqual([
      { Effect: "Allow", Action: ["dynamodb:PutItem"], Resource: ["${aws_dynamodb_table.t.arn}"] },
      { Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [FOO] },
    ]);
    expect(estate.unknowns.map(({ bearing }) => bearing)).toEqual(["other"]);
  });
});
