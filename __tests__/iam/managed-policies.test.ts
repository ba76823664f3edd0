import { ASSUMING_ACTIONS, JUDGED_ACTIONS } from "../../src/iam/judged-actions";
import {
  closestManagedPolicy,
  managedPolicyArn,
  tryFindManagedPolicy,
} from "../../src/iam/managed-policies";
import { asArray } from "../../src/iam/policy-document";

describe("the ARN of a managed policy", () => {
  const found: readonly (readonly [string, string])[] = [
    ["AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess"],
    ["ViewOnlyAccess", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
    ["job-function/ViewOnlyAccess", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
    [
      "AWSLambdaBasicExecutionRole",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ],
    [
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ],
  ];

  test.each(found)("of %s is %s", (name, arn) => {
    expect(managedPolicyArn("aws", name)).toBe(arn);
  });

  test("is of the account's partition", () => {
    expect(managedPolicyArn("aws-us-gov", "ViewOnlyAccess")).toBe(
      "arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess",
    );
    expect(managedPolicyArn("aws-cn", "PowerUserAccess")).toBe(
      "arn:aws-cn:iam::aws:policy/PowerUserAccess",
    );
  });

  test.each([
    "arn:aws:iam::111122223333:policy/team/deploy",
    "arn:aws:iam::111122223333:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/NewerThanTheList",
    "arn:aws:iam::aws:policy/service-role/NewerThanTheList",
  ])("stays as it is: %s", (arn) => {
    expect(managedPolicyArn("aws", arn)).toBe(arn);
  });

  test.each([
    ["an unknown name", "ViewOnlyAcess"],
    ["a name in other case", "administratoraccess"],
    ["a name with a wrong path", "service-role/ViewOnlyAccess"],
    ["a name with a slash before its path", "/job-function/ViewOnlyAccess"],
    ["a name of every object's", "constructor"],
    ["nothing", ""],
    ["an ARN with a wrong path", "arn:aws:iam::aws:policy/ViewOnlyAccess"],
    ["an ARN of another partition", "arn:aws-cn:iam::111122223333:policy/deploy"],
    ["the ARN of something else", "arn:aws:iam::111122223333:role/deploy"],
    ["a path that climbs", "job-function/x/../ViewOnlyAccess"],
  ])("is not made from %s", (_what, name) => {
    expect(managedPolicyArn("aws", name)).toBeUndefined();
  });
});

describe("a managed policy", () => {
  test("tells its path", () => {
    expect(tryFindManagedPolicy("ViewOnlyAccess")).toEqual({
      name: "ViewOnlyAccess",
      path: "/job-function/",
      document: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "GeneralViewOnlyAccessStatement",
            Effect: "Allow",
            Action: [
              "ecr:DescribeRepositories",
              "ecr:ListImages",
              "s3:ListBucket",
              "sqs:GetQueueAttributes",
              "sqs:GetQueueUrl",
            ],
            Resource: "*",
          },
        ],
      },
      wide: false,
      attachable: true,
    });
  });

  test("is found by its ARN in any partition", () => {
    expect(tryFindManagedPolicy("arn:aws-cn:iam::aws:policy/AdministratorAccess")).toMatchObject({
      name: "AdministratorAccess",
      path: "/",
      wide: true,
    });
  });

  test("that leaves sts out of its NotAction lets in everywhere: PowerUserAccess", () => {
    expect(tryFindManagedPolicy("PowerUserAccess")).toMatchObject({
      wide: true,
      document: {
        Statement: [
          {
            Effect: "Allow",
            Action: [...ASSUMING_ACTIONS, ...JUDGED_ACTIONS],
            Resource: "*",
          },
        ],
      },
    });
  });

  test.each([
    ["AmazonS3ReadOnlyAccess", ["s3:Get*", "s3:List*"]],
    ["AWSKeyManagementServicePowerUser", ["kms:CreateAlias"]],
    ["AmazonEC2ContainerRegistryPullOnly", ["ecr:GetAuthorizationToken"]],
    ["SecretsManagerReadWrite", ["secretsmanager:*"]],
    ["AmazonSNSFullAccess", ["sns:*"]],
    ["AmazonSQSFullAccess", ["sqs:*"]],
    ["AmazonEventBridgeFullAccess", ["events:*"]],
    ["service-role/AWSLambdaRole", ["lambda:InvokeFunction"]],
    ["AWSCloudTrail_FullAccess", ["cloudtrail:*"]],
    ["service-role/AWS_ConfigRole", ["s3:GetBucketAcl"]],
  ])("bears on the actions of shared resources and logs: %s", (name, actions) => {
    const statements = asArray(tryFindManagedPolicy(name)?.document.Statement);

    expect(statements.flatMap(({ Action }) => asArray(Action))).toEqual(
      expect.arrayContaining(actions),
    );
  });

  test("that denies keeps its denial", () => {
    expect(tryFindManagedPolicy("AWSDenyAll")).toMatchObject({
      wide: false,
      document: { Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] },
    });
  });

  test("keeps its conditions", () => {
    const policy = tryFindManagedPolicy("AWSMcpServiceActionsFullAccess");

    expect(policy?.document.Statement).toEqual([
      {
        Sid: "AllowAllMCPServiceActions",
        Effect: "Allow",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:IsMcpServiceAction": "true" } },
      },
    ]);
  });

  test("names the ARNs of its own partition", () => {
    const statements = (arn: string) =>
      asArray(tryFindManagedPolicy(arn)?.document.Statement).filter(({ Resource }) =>
        asArray(Resource).some((each) => each.includes("role/AWSControlTowerExecution")),
      );

    expect(statements("service-role/AWSControlTowerServiceRolePolicy")).toMatchObject([
      { Resource: ["arn:aws:iam::*:role/AWSControlTowerExecution", expect.any(String)] },
    ]);
    expect(
      statements("arn:aws-us-gov:iam::aws:policy/service-role/AWSControlTowerServiceRolePolicy"),
    ).toMatchObject([
      { Resource: ["arn:aws-us-gov:iam::*:role/AWSControlTowerExecution", expect.any(String)] },
    ]);
  });

  test("of a service-linked role or a root task cannot be attached", () => {
    expect(tryFindManagedPolicy("CloudWatch-CrossAccountAccess")?.attachable).toBe(false);
    expect(tryFindManagedPolicy("S3UnlockBucketPolicy")?.attachable).toBe(false);
  });

  test.each([
    "arn:aws:iam::111122223333:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/NewerThanTheList",
    "arn:aws:iam::aws:policy/ViewOnlyAccess",
    "NewerThanTheList",
    "__proto__",
  ])("is unknown when it is not listed: %s", (text) => {
    expect(tryFindManagedPolicy(text)).toBeUndefined();
  });
});

test.each([
  ["AdminstratorAcces", "AdministratorAccess"],
  ["administratoraccess", "AdministratorAccess"],
  ["ViewOnly", "job-function/ViewOnlyAccess"],
  ["service-role/ViewOnlyAccess", "job-function/ViewOnlyAccess"],
  ["arn:aws:iam::aws:policy/ViewOnlyAccess", "job-function/ViewOnlyAccess"],
  ["S3ReadOnly", "AmazonS3ReadOnlyAccess"],
  ["AmazonEC2ContainerRegistryPoweruser", "AmazonEC2ContainerRegistryPowerUser"],
])("the managed policy closest to %s is %s", (text, closest) => {
  expect(closestManagedPolicy(text)).toBe(closest);
});
