import {
  addressOf,
  countResources,
  only,
  policyOf,
  type StackJson,
} from "../constructs/stack-json";
import { modelOf, synthesize } from "./organization";

function stacks(
  backend: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, StackJson>> {
  return synthesize(
    modelOf({
      settings: {
        region: "eu-west-1",
        ...settings,
        bootstrap: {
          deployer: { account: "hub", role: "deployer" },
          firstDeployers: ["arn:aws:iam::100000000002:user/founder"],
        },
        backend: { type: "s3", bucket: "acme-terraform", region: "eu-central-1", ...backend },
      },
      accounts: {
        root: { id: "100000000001", management: true },
        hub: { id: "100000000002", region: "us-west-2" },
      },
      roles: { deployer: { accounts: ["hub"], trusts: [{ service: "ec2.amazonaws.com" }] } },
    }),
  );
}

const ADMINISTRATORS = ["arn:aws:iam::100000000001:role/Administrator"];

test("the bucket's stack is made only when it is asked for", () => {
  expect(Object.keys(stacks({}))).toEqual(["root", "hub-bootstrap", "hub"]);
  expect(Object.keys(stacks({ createBucket: "no" }))).toEqual(["root", "hub-bootstrap", "hub"]);
  expect(Object.keys(stacks({ createBucket: "local" }))).toEqual([
    "state-bucket",
    "root",
    "hub-bootstrap",
    "hub",
  ]);
});

test("it stands in the hub account and the bucket's region, deployed by the hub's administrator", () => {
  expect(stacks({ createBucket: "local" })["state-bucket"].provider.aws).toEqual([
    {
      allowed_account_ids: ["100000000002"],
      region: "eu-central-1",
      default_tags: [{ tags: { "managed-by": "crosstrust" } }],
      assume_role: [
        {
          role_arn: "arn:aws:iam::100000000002:role/OrganizationAccountAccessRole",
          session_name: "crosstrust",
        },
      ],
    },
  ]);
});

test("its own state is local until it is stored; all others are in the bucket at once", () => {
  const local = stacks({ createBucket: "local" });
  const stored = stacks({ createBucket: "stored" });
  expect(local["state-bucket"].terraform.backend).toEqual({
    local: { path: "../../../state/state-bucket.tfstate" },
  });
  expect(stored["state-bucket"].terraform.backend).toEqual({
    s3: {
      bucket: "acme-terraform",
      key: "state-bucket.tfstate",
      region: "eu-central-1",
      encrypt: true,
      use_lockfile: true,
    },
  });
  for (const name of ["root", "hub-bootstrap", "hub"]) {
    expect(stored[name]).toEqual(local[name]);
    expect(local[name].terraform.backend).toHaveProperty("s3");
  }
});

test("the bucket is versioned, encrypted, without ACLs, never public, and protected", () => {
  const stack = stacks({ createBucket: "local" })["state-bucket"];
  expect(countResources(stack)).toEqual({
    aws_s3_bucket: 1,
    aws_s3_bucket_versioning: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_policy: 1,
  });
  const bucket = `\${${addressOf(stack, "aws_s3_bucket")}.id}`;
  expect(only(stack, "aws_s3_bucket")).toEqual({
    bucket: "acme-terraform",
    lifecycle: { prevent_destroy: true },
  });
  expect(only(stack, "aws_s3_bucket_versioning")).toEqual({
    bucket,
    versioning_configuration: { status: "Enabled" },
  });
  expect(only(stack, "aws_s3_bucket_server_side_encryption_configuration")).toEqual({
    bucket,
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
  });
  expect(only(stack, "aws_s3_bucket_ownership_controls")).toEqual({
    bucket,
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
  expect(only(stack, "aws_s3_bucket_public_access_block")).toEqual({
    bucket,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});

test("without protection the bucket can be destroyed", () => {
  const stack = stacks({ createBucket: "local" }, { protect: false })["state-bucket"];
  expect(only(stack, "aws_s3_bucket")).toEqual({ bucket: "acme-terraform" });
});

const RESOURCES = ["arn:aws:s3:::acme-terraform", "arn:aws:s3:::acme-terraform/*"];

test("its policy lets in exactly the principals that deploy, by TLS, and denies everyone else", () => {
  const deploying = [
    ...ADMINISTRATORS,
    "arn:aws:iam::100000000002:role/OrganizationAccountAccessRole",
    "arn:aws:iam::100000000002:role/deployer",
    "arn:aws:iam::100000000002:user/founder",
  ];
  const stack = stacks({ createBucket: "local", administrators: ADMINISTRATORS })["state-bucket"];
  expect(policyOf(only(stack, "aws_s3_bucket_policy"))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DeployersOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: RESOURCES,
        Condition: { ArnNotEquals: { "aws:PrincipalArn": deploying } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: RESOURCES,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "States",
        Effect: "Allow",
        Principal: {
          AWS: ["arn:aws:iam::100000000001:root", "arn:aws:iam::100000000002:root"],
        },
        Action: ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        Resource: RESOURCES,
        Condition: { ArnEquals: { "aws:PrincipalArn": deploying } },
      },
    ],
  });
});

test("without other administrators only the hub's own principals are let in", () => {
  const stack = stacks({ createBucket: "local" })["state-bucket"];
  expect(policyOf(only(stack, "aws_s3_bucket_policy"))).toMatchObject({
    Statement: [{}, {}, { Sid: "States", Principal: { AWS: "arn:aws:iam::100000000002:root" } }],
  });
});

test("in the management account no access role is let in, unless the account's entry names one", () => {
  const deploying = (root: Readonly<Record<string, unknown>>): unknown => {
    const model = modelOf({
      settings: {
        bootstrap: { deployer: { account: "root", role: "deployer" } },
        backend: {
          type: "s3",
          bucket: "acme-terraform",
          createBucket: "local",
          administrators: ADMINISTRATORS,
        },
      },
      accounts: { root: { id: "100000000001", management: true, ...root } },
      roles: { deployer: { accounts: ["root"], trusts: [{ service: "ec2.amazonaws.com" }] } },
    });
    return policyOf(only(synthesize(model)["state-bucket"], "aws_s3_bucket_policy"));
  };
  const lettingIn = (arns: readonly string[]) => ({
    Statement: [
      { Condition: { ArnNotEquals: { "aws:PrincipalArn": arns } } },
      { Sid: "TlsOnly" },
      { Condition: { ArnEquals: { "aws:PrincipalArn": arns } } },
    ],
  });
  const deployer = "arn:aws:iam::100000000001:role/deployer";

  expect(deploying({})).toMatchObject(lettingIn([...ADMINISTRATORS, deployer]));
  expect(deploying({ accessRole: "Admin" })).toMatchObject(
    lettingIn(["arn:aws:iam::100000000001:role/Admin", ...ADMINISTRATORS, deployer]),
  );
});
