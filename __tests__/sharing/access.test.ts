import fc from "fast-check";
import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { asArray, policyDocument, type Statement } from "../../src/iam/policy-document";
import { identityHalf } from "../../src/sharing/identity-half";
import { resourcePolicy } from "../../src/sharing/resource-policy";
import { secretKeyPolicy } from "../../src/sharing/secret-policy";
import type { SharedFunction, SharedResource } from "../../src/sharing/shared-resource";
import { lambdaFunctionPolicy } from "../../src/sharing/lambda-permissions";
import type { PrincipalTrust, Tighten } from "../../src/trust/trust";
import { OWNER, sharedWith, USER } from "./shared-resources";

/*
 * What the policies mean, by the evaluator: who is let in at which stage, and that both halves are
 * needed and enough.
 */

const OTHER = "777788889999";
const ROLES = ["role/ci", "role/build/ci", "role/other"];
const KEY_ARN = `arn:aws:kms:eu-west-1:${OWNER}:key/11112222-3333-4444-5555-666677778888`;
const ALL: readonly Statement[] = [{ Effect: "Allow", Action: "*", Resource: "*" }];

interface Request {
  readonly account: string;
  readonly role: string;
  readonly organizationId?: string;
  readonly recreated: boolean;
}

function uniqueIdOf(account: string, role: string, recreated = false): string {
  return `AROA${account}0000${recreated ? 9 : ROLES.indexOf(role)}`;
}

/** Resources whose policy is one document, with the action that each is asked for. */
const ASKED = [
  ["kms-key", "kms:Decrypt", KEY_ARN],
  ["ecr-repository", "ecr:BatchGetImage", `arn:aws:ecr:eu-west-1:${OWNER}:repository/tools/runner`],
  [
    "secret",
    "secretsmanager:GetSecretValue",
    `arn:aws:secretsmanager:eu-west-1:${OWNER}:secret:git-token-AbCdEf`,
  ],
  ["s3-bucket", "s3:GetObject", "arn:aws:s3:::acme-artifacts/builds/1.zip"],
  ["sns-topic", "sns:Publish", `arn:aws:sns:eu-west-1:${OWNER}:builds`],
  ["sqs-queue", "sqs:SendMessage", `arn:aws:sqs:eu-west-1:${OWNER}:jobs`],
  ["event-bus", "events:PutEvents", `arn:aws:events:eu-west-1:${OWNER}:event-bus/deploys`],
] as const;

type Asked = (typeof ASKED)[number];

function allows([type, action, arn]: Asked, trusts: readonly PrincipalTrust[], one: Request) {
  const { account, role, organizationId, recreated } = one;
  const decision = evaluateAccess({
    caller: {
      kind: "role",
      arn: `arn:aws:iam::${account}:${role}`,
      accountId: account,
      uniqueId: uniqueIdOf(account, role, recreated),
      identityPolicies: [{ name: "all", document: policyDocument(ALL) }],
    },
    action,
    resource: { arn, accountId: OWNER, policy: resourcePolicy(sharedWith(trusts)[type]) },
    context: { organizationId, keys: { "aws:SecureTransport": "true" } },
  });
  return decision.result === "allowed";
}

const trust: fc.Arbitrary<PrincipalTrust> = fc
  .record({
    role: fc.constantFrom(...ROLES),
    accountId: fc.constantFrom(USER, OTHER),
    organizationId: fc.option(fc.constant("o-a1b2c3d4e5"), { nil: undefined }),
    tighten: fc.constantFrom<Tighten>("role", "unique-id", "principal-arn", "never"),
    guarded: fc.boolean(),
  })
  .map(({ role, accountId, guarded, ...rest }) => {
    const principalArn = `arn:aws:iam::${accountId}:${role}`;
    return {
      ...rest,
      kind: "role",
      principalArn,
      partition: "aws",
      accountId,
      mfa: false,
      guard: guarded ? [principalArn] : [],
    };
  });

function confirmed(one: PrincipalTrust): PrincipalTrust {
  const role = ROLES.find((each) => one.principalArn.endsWith(`:${each}`)) ?? "";
  return { ...one, uniqueId: uniqueIdOf(one.accountId, role) };
}

const request: fc.Arbitrary<Request> = fc.record({
  account: fc.constantFrom(USER, OTHER),
  role: fc.constantFrom(...ROLES),
  organizationId: fc.option(fc.constantFrom("o-a1b2c3d4e5", "o-zzzzzzzzzz"), { nil: undefined }),
  recreated: fc.boolean(),
});

const trusts = fc.array(trust, { minLength: 1, maxLength: 4 });

describe.each(ASKED.map((asked) => [asked[0], asked] as const))(
  "the policy of a %s",
  (_, asked) => {
    test("never lets in by tightening who was not let in before", () => {
      fc.assert(
        fc.property(trusts, request, (some, one) => {
          fc.pre(allows(asked, some.map(confirmed), one));
          expect(allows(asked, some, one)).toBe(true);
        }),
        { numRuns: 100, maxSkipsPerRun: 1000 },
      );
    });

    test("lets in exactly whom its trusts let in one by one, at any stages", () => {
      const staged = fc.tuple(trust, fc.boolean()).map(([one, is]) => (is ? confirmed(one) : one));
      fc.assert(
        fc.property(fc.array(staged, { minLength: 1, maxLength: 4 }), request, (some, one) => {
          expect(allows(asked, some, one)).toBe(some.some((each) => allows(asked, [each], one)));
        }),
        { numRuns: 100 },
      );
    });
  },
);

const CI = `arn:aws:iam::${USER}:role/ci`;

/** A role that something is shared with, once it is confirmed. */
const TRUST: PrincipalTrust = {
  kind: "role",
  principalArn: CI,
  partition: "aws",
  accountId: USER,
  mfa: false,
  guard: [CI],
  tighten: "role",
  uniqueId: uniqueIdOf(USER, "role/ci"),
};

function policyOf(resource: SharedResource, arn: string) {
  if (resource.type === "lambda-function") return lambdaFunctionPolicy(resource);
  const isKeyOfSecret = resource.type === "secret" && arn === KEY_ARN;
  return isKeyOfSecret ? secretKeyPolicy(resource) : resourcePolicy(resource);
}

/** Every action that an identity half names, on a resource that it names. */
function uses(half: readonly Statement[]): readonly (readonly [action: string, arn: string])[] {
  return half.flatMap(({ Action, Resource }) =>
    asArray(Action).flatMap((action) =>
      asArray(Resource)
        .filter((arn) => arn !== "*")
        .map(
          (arn) =>
            [
              action.replace(/\*$/, action.includes("ReEncrypt") ? "From" : ""),
              arn.replace("-??????", "-AbCdEf").replace(/\*$/, "1.zip"),
            ] as const,
        ),
    ),
  );
}

const SHARED = sharedWith([TRUST]);
const RESOURCES: readonly (readonly [string, SharedResource])[] = [
  ["kms-key", { ...SHARED["kms-key"], keyArn: KEY_ARN }],
  ["ecr-repository", { ...SHARED["ecr-repository"], allow: ["pull", "push"] }],
  ["secret", { ...SHARED.secret, key: { ...SHARED.secret.key, keyArn: KEY_ARN } }],
  ["s3-bucket", { ...SHARED["s3-bucket"], allow: ["read", "write"], prefix: "builds/" }],
  ["sns-topic", { ...SHARED["sns-topic"], allow: ["publish", "subscribe"] }],
  ["sqs-queue", { ...SHARED["sqs-queue"], allow: ["send", "receive"] }],
  ["event-bus", SHARED["event-bus"]],
  ["lambda-function", SHARED["lambda-function"] satisfies SharedFunction],
];

describe.each(RESOURCES)("both halves of a %s", (_, resource) => {
  const half = identityHalf(resource);

  function mayUse(
    caller: string,
    statements: readonly Statement[],
    [action, arn]: readonly [string, string],
  ) {
    return evaluateAccess({
      caller: {
        kind: "role",
        arn: caller,
        accountId: USER,
        uniqueId: caller === CI ? TRUST.uniqueId : uniqueIdOf(USER, "role/other"),
        identityPolicies:
          statements.length === 0 ? [] : [{ name: "use", document: policyDocument(statements) }],
      },
      action,
      resource: { arn, accountId: OWNER, policy: policyOf(resource, arn) },
      context: {
        keys: {
          "aws:SecureTransport": "true",
          "kms:GrantIsForAWSResource": "true",
          "s3:prefix": "builds/",
        },
      },
    }).result;
  }

  test.each(uses(half))("are enough for %s on %s, and each is needed", (...use) => {
    expect(mayUse(CI, half, use)).toBe("allowed");
    expect(mayUse(CI, [], use)).toBe("denied");
    expect(mayUse(`arn:aws:iam::${USER}:role/other`, ALL, use)).toBe("denied");
  });
});

describe("a maker of grants", () => {
  const key = {
    ...sharedWith([])["kms-key"],
    grants: [USER, OTHER].map((accountId) => ({
      maker: confirmed({
        kind: "role",
        principalArn: `arn:aws:iam::${accountId}:role/other`,
        partition: "aws",
        accountId,
        mfa: false,
        guard: [],
        tighten: "role",
      }),
      granteeArn: `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    })),
  };

  function grants(maker: string, grantee: string) {
    return evaluateAccess({
      caller: {
        kind: "role",
        arn: `arn:aws:iam::${maker}:role/other`,
        accountId: maker,
        identityPolicies: [{ name: "all", document: policyDocument(ALL) }],
      },
      action: "kms:CreateGrant",
      resource: { arn: KEY_ARN, accountId: OWNER, policy: resourcePolicy(key) },
      context: { keys: { "kms:GranteePrincipal": grantee, "kms:GrantIsForAWSResource": "false" } },
    }).result;
  }

  test.each([USER, OTHER])(
    "of %s may name the service-linked role of its own account alone",
    (id) => {
      for (const { maker, granteeArn } of key.grants) {
        expect(grants(id, granteeArn)).toBe(maker.accountId === id ? "allowed" : "denied");
      }
      expect(grants(id, `arn:aws:iam::${id}:role/other`)).toBe("denied");
    },
  );
});
