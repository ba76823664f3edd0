import { readEstate } from "../../src/estate/read-estate";
import { tryStackOfState } from "../../src/estate/terraform-state";

const ACCOUNT = "111122223333";
const CONFIGURATION = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: [ACCOUNT] },
      { alias: "us", region: "us-east-1", allowed_account_ids: [ACCOUNT] },
    ],
  },
};

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly provider?: string;
  readonly instances: readonly {
    readonly index_key?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

/** The estate of one stack with these resources in its state. */
function estateOf(resources: readonly StateResource[]) {
  const state = {
    version: 4,
    resources: resources.map((resource) => ({
      mode: "managed",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      ...resource,
    })),
  };
  const found = tryStackOfState(state, CONFIGURATION);
  if (found === undefined) throw new Error("it is a state");
  return readEstate(new Map([["a", found.json]]), found.facts);
}

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalTag/team": "${aws:ResourceTag/team}" } },
    },
  ],
};

test("a state that was never written is a stack without resources", () => {
  const found = tryStackOfState(undefined, CONFIGURATION);
  expect(readEstate(new Map([["a", found?.json]])).identities.size).toBe(0);
});

test("what is no state of version 4 is refused", () => {
  expect(tryStackOfState({ version: 3, resources: [] }, CONFIGURATION)).toBeUndefined();
  expect(tryStackOfState([], CONFIGURATION)).toBeUndefined();
});

test("a role has the unique ID and the address of its instance", () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/ci`;
  const attributes = { name: "ci", path: "/", arn, unique_id: "AROAEXAMPLEEXAMPLE01" };
  const instances = [{ index_key: "x", attributes }];
  const { identities } = estateOf([{ type: "aws_iam_role", name: "ci", instances }]);
  expect(identities.get(arn)).toMatchObject({
    uniqueId: "AROAEXAMPLEEXAMPLE01",
    origin: { stack: "a", address: 'aws_iam_role.ci["x"]' },
  });
});

test("a secret's policy belongs to the secret, and policy variables stay as they are", () => {
  const arn = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:token-AbCdEf`;
  const policy = JSON.stringify(POLICY);
  const { resources, unknowns } = estateOf([
    {
      type: "aws_secretsmanager_secret",
      name: "token",
      instances: [{ attributes: { name: "token", arn, id: arn, policy } }],
    },
    {
      type: "aws_secretsmanager_secret_policy",
      name: "token",
      instances: [{ attributes: { secret_arn: arn, id: arn, policy } }],
    },
  ]);
  expect(unknowns).toEqual([]);
  expect([...resources.values()].map((one) => one.policy)).toEqual([POLICY]);
});

test("a key is known by the ARN that AWS chose, through its alias", () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11112222-3333-4444-5555-666677778888`;
  const id = "11112222-3333-4444-5555-666677778888";
  const alias = `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/ami`;
  const target = { target_key_id: id, target_key_arn: arn };
  const { resources } = estateOf([
    { type: "aws_kms_key", name: "k", instances: [{ attributes: { arn, key_id: id, id } }] },
    {
      type: "aws_kms_alias",
      name: "k",
      instances: [{ attributes: { name: "alias/ami", arn: alias, ...target } }],
    },
  ]);
  expect([...resources.values()].map(({ arn: one, aliasArn }) => [one, aliasArn])).toEqual([
    [arn, alias],
  ]);
});

test("an account has the control policies that are attached to it by the IDs that AWS chose", () => {
  const content = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
  };
  const policy = { name: "shut", type: "SERVICE_CONTROL_POLICY", content: JSON.stringify(content) };
  const attachment = { policy_id: "p-a1b2c3d4", target_id: ACCOUNT, id: `${ACCOUNT}:p-a1b2c3d4` };
  const { controlPolicies, unknowns } = estateOf([
    {
      type: "aws_organizations_policy",
      name: "shut",
      instances: [{ attributes: { ...policy, id: "p-a1b2c3d4" } }],
    },
    {
      type: "aws_organizations_policy_attachment",
      name: "shut",
      instances: [{ attributes: attachment }],
    },
  ]);
  expect(unknowns).toEqual([]);
  expect(controlPolicies?.get(ACCOUNT)?.service?.flat()).toContainEqual({
    name: "shut",
    document: content,
  });
});

test("a resource of another provider is in that provider's Region", () => {
  const { resources } = estateOf([
    {
      type: "aws_sqs_queue",
      name: "q",
      provider: 'provider["registry.terraform.io/hashicorp/aws"].us',
      instances: [{ attributes: { name: "jobs" } }],
    },
  ]);
  expect([...resources.keys()]).toEqual([`arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`]);
});

describe("of a topic's policy in a state", () => {
  const arn = `arn:aws:sns:eu-west-1:${ACCOUNT}:news`;
  const ofOwner = (sourceOwner: string) => ({
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: ["SNS:Publish", "SNS:Subscribe"],
    Resource: arn,
    Condition: { StringEquals: { "AWS:SourceOwner": sourceOwner } },
  });
  const byHand = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: arn };

  it.each([
    ["that of SNS's own for its owner is none", [ofOwner(ACCOUNT)], false],
    ["one that names another owner stays", [ofOwner("999999999999")], true],
    ["one with a statement more stays", [ofOwner(ACCOUNT), byHand], true],
  ])("%s", (_, Statement, stays) => {
    const policy = JSON.stringify({ Version: "2008-10-17", Id: "__default_policy_ID", Statement });
    const attributes = { arn, name: "news", policy };
    const topic = { type: "aws_sns_topic", name: "news", instances: [{ attributes }] };
    expect(estateOf([topic]).resources.get(arn)?.policy !== undefined).toBe(stays);
  });
});
