import { synthesizeInMemory } from "../../src/app";
import type { Estate, EstateResource } from "../../src/estate/estate";
import { indirectAccessOf } from "../../src/estate/indirect-access";
import { readEstate } from "../../src/estate/read-estate";
import { asArray, type PolicyDocument, type Statement } from "../../src/iam/policy-document";
import { parseStack } from "../constructs/stack-json";
import { confirmed, modelOf, NO_EXTENSION, trustedArns } from "../stacks/organization";

const LOGS = "111122223333";
const HUB = "444455556666";
const DEV = "100000000003";
const ROOT = "100000000001";

const ACCOUNTS = {
  root: { id: ROOT, management: true },
  logs: { id: LOGS },
  hub: { id: HUB },
  dev: { id: DEV },
};

const deployer = `arn:aws:iam::${HUB}:role/crosstrust-deployer`;
const pipeline = `arn:aws:iam::${HUB}:oidc-provider/token.actions.githubusercontent.com`;

const ORGANIZATION = {
  accounts: ACCOUNTS,
  logs: {
    account: "logs",
    key: { alias: "logs" },
    cloudtrail: { bucket: "acme-cloudtrail" },
    config: { bucket: "acme-config", aggregator: true },
  },
  identities: { dev: { users: { eve: {} } } },
  roles: {
    "crosstrust-deployer": {
      accounts: ["hub"],
      trusts: [
        {
          oidc: {
            issuer: "https://token.actions.githubusercontent.com",
            audience: "sts.amazonaws.com",
            subject: "repo:acme/infra:ref:refs/heads/main",
          },
        },
      ],
    },
    admin: {
      accounts: ["*", "root"],
      except: ["logs"],
      managedPolicies: ["AdministratorAccess"],
      trusts: [{ account: "dev", user: "eve" }],
    },
    audit: {
      accounts: ["*"],
      managedPolicies: ["ReadOnlyAccess"],
      trusts: [{ account: "dev", role: "admin" }],
    },
  },
} as const;

const BOOTSTRAP = { bootstrap: { deployer: { account: "hub", role: "crosstrust-deployer" } } };

/** What would delete or change logs in a bucket. */
const ON_OBJECTS = [
  ...["s3:AbortMultipartUpload", "s3:BypassGovernanceRetention", "s3:DeleteObject"],
  ...["s3:DeleteObjectTagging", "s3:DeleteObjectVersion", "s3:PutObject", "s3:PutObjectAcl"],
  ...["s3:PutObjectLegalHold", "s3:PutObjectRetention"],
];
const ON_BUCKET = [
  ...["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPolicy"],
  ...["s3:PutBucketObjectLockConfiguration", "s3:PutBucketOwnershipControls"],
  ...["s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration"],
  ...["s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration"],
];
const ON_KEY = [
  ...["kms:CreateGrant", "kms:DisableKey", "kms:DisableKeyRotation", "kms:PutKeyPolicy"],
  ...["kms:ScheduleKeyDeletion"],
];

/** Objects as the services write them, and any other. */
const OBJECTS = [
  `AWSLogs/${DEV}/CloudTrail/eu-west-1/x`,
  `AWSLogs/${DEV}/Config/eu-west-1/x`,
  `AWSLogs/o-a1b2c3d4e5/${DEV}/x`,
  "x",
];

function questionsOn(resource: EstateResource) {
  if (resource.type === "aws_kms_key") return [{ resource, actions: ON_KEY }];
  return [
    { resource, actions: ON_BUCKET },
    ...OBJECTS.map((object) => ({
      resource,
      actions: ON_OBJECTS,
      arn: `${resource.arn}/${object}`,
    })),
  ];
}

/** Principals outside the logs account who can tamper with the logs, and by what; sorted. */
function tamperers(estate: Estate): readonly string[] {
  const stored = [...estate.resources.values()].filter(({ accountId }) => accountId === LOGS);
  expect(stored.map(({ type }) => type).sort()).toEqual([
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_s3_bucket",
  ]);
  const accesses = indirectAccessOf(estate, stored.flatMap(questionsOn));
  return [
    ...new Set(
      accesses
        .filter(({ principal }) => !principal.includes(`:${LOGS}:`))
        .map(({ principal, access: { action }, result }) => {
          const isService = principal.endsWith(".amazonaws.com");
          return `${principal}${result === "unknown" ? "?" : ""}${isService ? ` ${action}` : ""}`;
        }),
    ),
  ].sort();
}

const bySettings = [
  ["an organization", { organizationId: "o-a1b2c3d4e5" }],
  ["a list of accounts", {}],
] as const;

function stacksOf(settings: object, stage: "first" | "tightened"): ReadonlyMap<string, unknown> {
  const model = modelOf({ ...ORGANIZATION, settings: { ...settings, ...BOOTSTRAP } });
  const arns = [...trustedArns(model), deployer];
  return synthesizeInMemory(stage === "first" ? model : confirmed(model, arns), NO_EXTENSION);
}

const WRITERS = ["cloudtrail.amazonaws.com s3:PutObject", "config.amazonaws.com s3:PutObject"];
const byName = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const hubAccessRole = byName(HUB, "OrganizationAccountAccessRole");
const devAdmin = byName(DEV, "admin");
const eve = `arn:aws:iam::${DEV}:user/eve`;

describe.each(bySettings)(
  "nobody outside the logs account can tamper with logs of %s",
  (_, settings) => {
    it("once trust has tightened, but the deployer and whoever comes to be it", () => {
      const estate = readEstate(stacksOf(settings, "tightened"));

      expect(tamperers(estate)).toEqual([pipeline, deployer, ...WRITERS].sort());
    });

    it("before that, but these and the hub's access role", () => {
      const estate = readEstate(stacksOf(settings, "first"));

      expect(tamperers(estate)).toEqual(
        [`${hubAccessRole}?`, pipeline, deployer, ...WRITERS].sort(),
      );
    });
  },
);

describe("a way to tamper with logs is found", () => {
  const stacks = stacksOf({}, "tightened");
  const known = new Set(tamperers(readEstate(stacks)));
  const provider = { aws: [{ region: "us-east-1", allowed_account_ids: [LOGS] }] };

  function found(resource: object): readonly string[] {
    const estate = readEstate(new Map([...stacks, ["by-hand", { provider, resource }]]));
    return tamperers(estate).filter((tamperer) => !known.has(tamperer));
  }

  it("where a role of the logs account lets a member's administrator in, and whoever that may be", () => {
    expect(found({ aws_iam_role: { hole: holeFor(devAdmin) } })).toEqual([devAdmin, eve].sort());
  });

  it("where a bucket's policy lets a member's account in", () => {
    const statement: Statement = {
      Effect: "Allow",
      Principal: { AWS: DEV },
      Action: "s3:DeleteObjectVersion",
      Resource: "arn:aws:s3:::acme-cloudtrail/*",
    };
    const loose = new Map([...stacks, ["logs", withStatement(stacks.get("logs"), statement)]]);

    expect(tamperers(readEstate(loose)).filter((tamperer) => !known.has(tamperer))).toEqual(
      [`arn:aws:iam::${DEV}:root?`, byName(DEV, "crosstrust-execution"), devAdmin, eve].sort(),
    );
  });

  it("where a bucket has a second policy: it cannot be told which stands", () => {
    const second = { bucket: "acme-config", policy: policyText(DENY_NOBODY) };

    expect(found({ aws_s3_bucket_policy: { second } })).toContain("*?");
  });

  it("where a grant on the key lets one make further grants", () => {
    const grant = {
      key_id: "alias/logs",
      grantee_principal: devAdmin,
      operations: ["CreateGrant"],
    };

    expect(found({ aws_kms_grant: { hole: grant } })).toEqual([devAdmin, eve].sort());
  });
});

const DENY_NOBODY = {
  Effect: "Deny",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "s3:*",
  Resource: "*",
} as const;

/** The stack with one more statement in the policy of the trails' bucket. */
function withStatement(stack: unknown, statement: Statement): unknown {
  const { resource, ...rest } = parseStack(stack);
  const policies = Object.entries(resource.aws_s3_bucket_policy).map(([name, block]) => {
    const text = String(block.policy);
    if (!text.includes("cloudtrail.amazonaws.com")) return [name, block];
    const document: PolicyDocument = JSON.parse(text);
    const Statement = [...asArray(document.Statement), statement];
    return [name, { ...block, policy: JSON.stringify({ ...document, Statement }) }];
  });
  return { ...rest, resource: { ...resource, aws_s3_bucket_policy: Object.fromEntries(policies) } };
}

function holeFor(principal: string) {
  return {
    name: "hole",
    assume_role_policy: policyText({
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: "sts:AssumeRole",
    }),
    managed_policy_arns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
  };
}

function policyText(statement: Statement): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
