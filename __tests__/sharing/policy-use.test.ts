import fc from "fast-check";
import { policyDocument, type PolicyDocument } from "../../src/iam/policy-document";
import { lambdaFunctionPolicy } from "../../src/sharing/lambda-permissions";
import { moreAccountsFit } from "../../src/sharing/more-accounts";
import { policyUses } from "../../src/sharing/policy-use";
import { resourcePolicy } from "../../src/sharing/resource-policy";
import type { SharedResource, SharedType, SharingTrust } from "../../src/sharing/shared-resource";
import type { PrincipalTrust, Tighten } from "../../src/trust/trust";
import { sharingTrust } from "../trust/trusts";
import { sharedWith } from "./shared-resources";

function accounts(count: number): readonly SharingTrust[] {
  return Array.from({ length: count }, (_, number) =>
    sharingTrust({ kind: "account", accountId: String(100000000000 + number) }),
  );
}

function sizeOf(document: PolicyDocument): number {
  return Buffer.byteLength(JSON.stringify(document));
}

function policyOf(resource: SharedResource): PolicyDocument {
  return resource.type === "lambda-function"
    ? lambdaFunctionPolicy(resource)
    : resourcePolicy(resource);
}

// Another number means that policies have become longer, or that AWS raised a quota.
test.each<[SharedType, number]>([
  ["kms-key", 487],
  ["ecr-repository", 303],
  ["secret", 614],
  ["s3-bucket", 302],
  ["sns-topic", 199],
  ["sqs-queue", 49],
  ["event-bus", 303],
  ["lambda-function", 100],
])("of a %s that one account uses, AWS has room for %d more", (type, more) => {
  const resource = sharedWith(accounts(1))[type];
  expect(moreAccountsFit(resource)).toBe(more);
  const full = sharedWith(accounts(1 + more))[type];
  expect(policyUses(full).every(({ largest, quota }) => largest <= quota)).toBe(true);
  const over = sharedWith(accounts(2 + more))[type];
  expect(policyUses(over).some(({ largest, quota }) => largest > quota)).toBe(true);
});

test("a policy that is over already has room for none", () => {
  const keep = Array.from({ length: 400 }, () => ({
    Effect: "Allow" as const,
    Principal: { AWS: "arn:aws:iam::777788889999:root" },
    Action: "kms:Decrypt",
  }));
  expect(sizeOf(policyDocument(keep))).toBeGreaterThan(32_768);
  expect(moreAccountsFit({ ...sharedWith(accounts(1))["kms-key"], keep })).toBe(0);
});

test("a secret's own key is counted beside it, and the quotas of a queue that are not of size", () => {
  const shared = sharedWith(accounts(3));
  expect(
    policyUses(shared.secret).map(({ policy, measure, quota }) => [policy, measure, quota]),
  ).toEqual([
    ["resource", "bytes", 20_480],
    ["key", "bytes", 32_768],
  ]);
  expect(policyUses(shared["sqs-queue"])).toEqual([
    {
      policy: "resource",
      measure: "bytes",
      largest: sizeOf(policyOf(shared["sqs-queue"])),
      quota: 8_192,
    },
    { policy: "resource", measure: "statements", largest: 1, quota: 20 },
    { policy: "resource", measure: "principals", largest: 3, quota: 50 },
  ]);
});

const principal: fc.Arbitrary<PrincipalTrust> = fc
  .record({
    number: fc.nat(9),
    kind: fc.constantFrom("role", "user"),
    organizationId: fc.option(fc.constant("o-a1b2c3d4e5"), { nil: undefined }),
    tighten: fc.constantFrom<Tighten>("role", "unique-id", "principal-arn", "never"),
    guarded: fc.boolean(),
    isConfirmed: fc.boolean(),
  })
  .map(({ number, kind, guarded, isConfirmed, ...rest }) => {
    const accountId = `10000000000${number % 4}`;
    const principalArn = `arn:aws:iam::${accountId}:${kind}/ci-${number}`;
    return {
      ...rest,
      kind,
      principalArn,
      partition: "aws",
      accountId,
      mfa: kind === "user",
      guard: guarded ? [principalArn] : [],
      ...(isConfirmed && {
        uniqueId: `${kind === "user" ? "AIDA" : "AROA"}EXAMPLE000000000${number}`,
      }),
    };
  });

const shares = fc
  .tuple(
    fc.uniqueArray(principal, {
      selector: ({ principalArn }) => principalArn,
      minLength: 1,
      maxLength: 7,
    }),
    fc.nat(3),
  )
  .map(([principals, count]) => [...principals, ...accounts(count)]);

function unconfirmed<T extends SharingTrust>(trust: T): T {
  return { ...trust, uniqueId: undefined };
}

test.each(Object.values(sharedWith([])).map(({ type }) => type))(
  "no set of confirmations makes the policy of a %s larger than what is counted for it",
  (type) => {
    fc.assert(
      fc.property(shares, shares, (trusts, makers) => {
        const grants = makers.map((maker) => ({
          maker,
          granteeArn: `arn:aws:iam::${maker.accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
        }));
        const resource = { ...sharedWith(trusts)[type], ...(type === "kms-key" && { grants }) };
        // Counted from no confirmation at all: what a later one brings is in it already.
        const open = {
          ...sharedWith(trusts.map(unconfirmed))[type],
          ...(type === "kms-key" && {
            grants: grants.map((grant) => ({ ...grant, maker: unconfirmed(grant.maker) })),
          }),
        };
        const [{ largest }] = policyUses(open);
        const size = sizeOf(policyOf(resource));
        expect(size).toBeLessThanOrEqual(largest);
      }),
      { numRuns: 200 },
    );
  },
);
