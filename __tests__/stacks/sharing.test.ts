import type { Model, Sharing } from "../../src/model/model";
import { resourcePolicy } from "../../src/sharing/resource-policy";
import { sharedArn } from "../../src/sharing/shared-arn";
import type { SharedResource } from "../../src/sharing/shared-resource";
import { sharedTerms } from "../../src/sharing/shared-terms";
import { only, resourcesOf, policyOf, type StackJson } from "../constructs/stack-json";
import { sharedWith } from "../sharing/shared-resources";
import { sharingTrust } from "../trust/trusts";
import { modelOf, synthesize } from "./organization";

const OWNER = "111122223333";
const USER = "444455556666";
const ROLE = { kind: "role", principalArn: `arn:aws:iam::${USER}:role/ci` } as const;
const UNIQUE_ID = "AROAEXAMPLE0000000001";
const ALIAS = `arn:aws:kms:eu-west-1:${OWNER}:alias/ami`;
const KEY_ARN = `arn:aws:kms:eu-west-1:${OWNER}:key/11112222-3333-4444-5555-666677778888`;
const GRANTEE = `arn:aws:iam::${USER}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

const MODEL = modelOf({
  settings: {
    region: "eu-west-1",
    bootstrap: { deployer: { account: "owner", role: "deployer" } },
  },
  accounts: { owner: { id: OWNER }, user: { id: USER }, third: { id: "777788889999" } },
  roles: {
    deployer: { accounts: ["owner"], trusts: [{ service: "ec2.amazonaws.com" }] },
    ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] },
  },
});

/** The model with these resources, which the account `owner` shares. */
function sharing(resources: readonly SharedResource[], rest: Partial<Model> = {}): Model {
  const [account] = MODEL.accounts;
  return {
    ...MODEL,
    sharing: resources.map((resource): Sharing => ({
      key: resource.name,
      account,
      stack: "owner",
      resource,
      named: [],
      location: account.location,
    })),
    ...rest,
  };
}

function every(change: object = {}): readonly SharedResource[] {
  return Object.values(sharedWith([sharingTrust({ ...ROLE, ...change })]));
}

function withoutStages(stack: StackJson): unknown {
  const copy = structuredClone(stack);
  for (const block of Object.values(copy.resource).flatMap((all) => Object.values(all))) {
    delete block.policy;
  }
  for (const output of ["trusts", "trust_terms"]) {
    delete copy.output[output].depends_on;
    copy.output[output].value = undefined;
  }
  return { ...copy, resource: { ...copy.resource, aws_lambda_permission: undefined } };
}

const BEFORE = synthesize(MODEL);
const OPEN = synthesize(sharing(every()));
const TIGHTENED = synthesize(sharing(every({ uniqueId: UNIQUE_ID })));

test("what an account shares is in its stack alone", () => {
  for (const name of Object.keys(BEFORE).filter((each) => each !== "owner")) {
    expect(OPEN[name]).toEqual(BEFORE[name]);
  }
  expect(OPEN.owner).not.toEqual(BEFORE.owner);
});

test("from stage to stage only policies differ, and a function gets its permission", () => {
  expect(withoutStages(TIGHTENED.owner)).toEqual(withoutStages(OPEN.owner));
  expect(policyOf(only(TIGHTENED.owner, "aws_sns_topic_policy"))).toEqual(
    resourcePolicy(sharedWith([sharingTrust({ ...ROLE, uniqueId: UNIQUE_ID })])["sns-topic"]),
  );
  expect(resourcesOf(OPEN.owner, "aws_lambda_permission")).toEqual({});
  expect(only(TIGHTENED.owner, "aws_lambda_permission").principal).toBe(ROLE.principalArn);
});

test("the outputs tell of each shared resource by its ARN, once its policy is applied", () => {
  for (const resource of every()) {
    const arn = sharedArn(resource);
    expect(Object(OPEN.owner.output.trusts.value)[arn]).toEqual({ [ROLE.principalArn]: "account" });
    expect(Object(TIGHTENED.owner.output.trusts.value)[arn]).toEqual({
      [ROLE.principalArn]: UNIQUE_ID,
    });
    expect(Object(OPEN.owner.output.trust_terms.value)[arn]).toEqual(sharedTerms(resource));
  }
  expect(OPEN.owner.output.trust_terms.depends_on).toEqual(
    expect.arrayContaining(Object.keys(resourcesOf(OPEN.owner, "aws_s3_bucket_policy"))),
  );
});

test("the output shared_keys has every key of ours, and is not there without one", () => {
  expect(Object.keys(Object(OPEN.owner.output.shared_keys.value))).toEqual([
    ALIAS,
    `arn:aws:kms:eu-west-1:${OWNER}:alias/git-token`,
  ]);
  expect(BEFORE.owner.output).not.toHaveProperty("shared_keys");
  expect(OPEN.user.output).not.toHaveProperty("shared_keys");
});

test("a key grant waits for the key, its service-linked role does not", () => {
  const [, account] = MODEL.accounts;
  const grant = {
    key: "ami",
    account,
    stack: "user",
    region: "eu-west-1",
    aliasArn: ALIAS,
    granteeArn: GRANTEE,
  };
  const waiting = synthesize(sharing([], { keyGrants: [grant] })).user;
  expect(resourcesOf(waiting, "aws_kms_grant")).toEqual({});
  expect(Object.keys(resourcesOf(waiting, "aws_iam_service_linked_role"))).toHaveLength(1);
  const known = synthesize(sharing([], { keyGrants: [{ ...grant, keyArn: KEY_ARN }] })).user;
  expect(only(known, "aws_kms_grant")).toMatchObject({ name: "ami", key_id: KEY_ARN });
});

test("an execution role that makes grants tells its unique ID", () => {
  const roles = MODEL.roles.map((role) =>
    role.stack === "user-bootstrap" ? { ...role, trusted: true } : role,
  );
  const stacks = synthesize({ ...MODEL, roles });
  expect(stacks["user-bootstrap"].output.trusted_principals.value).toEqual({
    [`arn:aws:iam::${USER}:role/crosstrust-execution`]: expect.stringMatching(
      /^\$\{aws_iam_role\..*\.unique_id\}$/,
    ),
  });
  expect(stacks["third-bootstrap"].output.trusted_principals.value).toEqual({});
});

test("a role that something is shared with gets its half", () => {
  const statement = {
    Effect: "Allow",
    Action: "sns:Publish",
    Resource: "arn:aws:sns:::a",
  } as const;
  const roles = MODEL.roles.map((role) =>
    role.name === "ci" ? { ...role, mayUse: [statement] } : role,
  );
  const { user } = synthesize({ ...MODEL, roles });
  expect(policyOf(only(user, "aws_iam_role_policy"))).toMatchObject({ Statement: [statement] });
});

test("copies of a repository are the registry's, and Regions that differ are part of the address", () => {
  const { "ecr-repository": repository } = sharedWith([sharingTrust(ROLE)]);
  const { owner } = synthesize(
    sharing([
      { ...repository, replicateTo: ["us-east-1"] },
      { ...repository, region: "us-east-1" },
    ]),
  );
  expect(Object.keys(resourcesOf(owner, "aws_ecr_replication_configuration"))).toHaveLength(1);
  expect(Object.keys(resourcesOf(owner, "aws_ecr_repository"))).toEqual([
    expect.stringMatching(/shared-ecr-repository-tools--runner_repository_/),
    expect.stringMatching(/shared-ecr-repository-tools--runner-us-east-1_repository_/),
  ]);
});
