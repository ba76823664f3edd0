import type { RequestContext } from "../../../src/iam/evaluation/request";
import { TRUSTED, TRUSTING } from "./random-caller";
import { STRING_OPERATORS, type KeyKind } from "./random-conditions";

/** What is asked of one service's resource. */
export interface RandomService {
  readonly action: string;
  readonly arn: string;
  /** Patterns of `Action` and of `Resource` of which those that begin the lists match. */
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Whether statements of its policies have a `Resource`. */
  readonly namesResource: boolean;
  /** Keys that requests to it carry, some of them absent. */
  readonly kinds: readonly KeyKind[];
  readonly keys: readonly NonNullable<RequestContext["keys"]>[];
}

interface Patterns {
  readonly hitting: readonly string[];
  readonly missing: readonly string[];
}

const MISSING = ["iam:*", "ec2:Describe*", "s3:GetObjectTorrent"];

function service(
  action: string,
  arn: string,
  { namesResource = true, kinds = [], keys = [{}] }: Partial<RandomService> = {},
): RandomService {
  const [prefix, name] = action.split(":");
  const at = arn.lastIndexOf(":") + 1;
  const [before, resource] = [arn.slice(0, at), arn.slice(at)];
  const path = resource.indexOf("/") + 1;
  const [type, rest] = [resource.slice(0, path), resource.slice(path)];
  return {
    action,
    arn,
    actions: {
      hitting: [action, `${prefix}:*`, "*", `${prefix.toUpperCase()}:${name.slice(0, 3)}*`],
      missing: MISSING,
    },
    resources: {
      hitting: ["*", arn, arn, `${before}${type}*`, `${before}${type}${rest.slice(0, 2)}*`],
      missing: [
        `${before}${type}${rest}x`,
        `${before}${type}x*`,
        `arn:aws:dynamodb:*:*:table/*`,
        `${before}${type}\${aws:username, 'nobody'}`,
      ],
    },
    namesResource,
    kinds,
    keys,
  };
}

function text(key: string, values: readonly string[]): KeyKind {
  return { keys: [key], operators: STRING_OPERATORS, values };
}

const VIA: Partial<RandomService> = {
  kinds: [text("kms:CallerAccount", [TRUSTED, "4444*"]), text("kms:ViaService", ["ec2.*", "s3.*"])],
  keys: [{}, { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" }],
};
const OWNER = text("s3:ResourceAccount", [TRUSTING, TRUSTED, "4*"]);
const KEY = `arn:aws:kms:eu-west-1:${TRUSTING}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const OBJECT = "arn:aws:s3:::acme-artifacts/builds/app.zip";

/**
 * The services compared. Left out, because the simulator does not know them: actions that have no
 * effect across accounts (`cases/access/` has each).
 */
export const SERVICES: readonly RandomService[] = [
  service("s3:GetObject", OBJECT, { kinds: [OWNER] }),
  service("s3:PutObject", OBJECT, {
    kinds: [OWNER, text("s3:x-amz-acl", ["bucket-owner-full-control", "bucket-*", "private"])],
    keys: [{}, { "s3:x-amz-acl": "bucket-owner-full-control" }, { "s3:x-amz-acl": "private" }],
  }),
  service("s3:ListBucket", "arn:aws:s3:::acme-artifacts", {
    kinds: [OWNER, text("s3:prefix", ["builds/*", "logs/"])],
    keys: [{}, { "s3:prefix": "builds/a" }],
  }),
  service("kms:Decrypt", KEY, VIA),
  service("kms:GenerateDataKey", KEY, VIA),
  service("kms:CreateGrant", KEY, {
    kinds: [
      { keys: ["kms:GrantIsForAWSResource"], operators: ["Bool"], values: ["true", "false"] },
      text("kms:GranteePrincipal", [`arn:aws:iam::${TRUSTED}:role/bar`, "arn:aws:iam::*"]),
    ],
    keys: [
      {},
      { "kms:GrantIsForAWSResource": "true" },
      { "kms:GranteePrincipal": `arn:aws:iam::${TRUSTED}:role/bar` },
    ],
  }),
  service("sns:Publish", `arn:aws:sns:eu-west-1:${TRUSTING}:alarms`),
  service("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${TRUSTING}:jobs`),
  service("secretsmanager:GetSecretValue", secretArn(), {
    kinds: [text("secretsmanager:VersionStage", ["AWSCURRENT", "AWS*"])],
    keys: [{}, { "secretsmanager:VersionStage": "AWSCURRENT" }],
  }),
  service("lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${TRUSTING}:function:build`),
  service("events:PutEvents", `arn:aws:events:eu-west-1:${TRUSTING}:event-bus/central`),
  service("ecr:BatchGetImage", `arn:aws:ecr:eu-west-1:${TRUSTING}:repository/team/app`, {
    namesResource: false,
  }),
];

function secretArn(): string {
  return `arn:aws:secretsmanager:eu-west-1:${TRUSTING}:secret:git-token-a1B2c3`;
}
