import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { evaluateAssumeRole } from "../../src/iam/evaluation/evaluate-assume-role";
import { policySize } from "../../src/iam/policy-document";
import { trustPolicy } from "../../src/trust/trust-policy";
import { largestTrustPolicySize } from "../../src/trust/trust-policy-size";
import type { PrincipalTrust, Tighten, Trust } from "../../src/trust/trust";
import { trustOf, type TrustCase } from "./trusts";

const TRUSTED = "111122223333" as const;
const TRUSTING = "444455556666";

interface PolicyCase {
  readonly name: string;
  readonly trusts: readonly TrustCase[];
  readonly policy: unknown;
}

const cases: readonly PolicyCase[] = JSON.parse(
  readFileSync(join(__dirname, "trust-policy.cases.json"), "utf8"),
);

describe("the trust policy of", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, { trusts, policy }) => {
    expect(trustPolicy(trusts.map(trustOf))).toEqual(policy);
  });
});

const CALLERS = ["role/ci", "role/build/ci", "role/other", "user/alice", "user/bob"];

const principalTrust: fc.Arbitrary<PrincipalTrust> = fc
  .record({
    caller: fc.constantFrom(...CALLERS),
    account: fc.constantFrom(TRUSTED, "777788889999"),
    externalId: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
    mfa: fc.boolean(),
    organizationId: fc.option(fc.constant("o-a1b2c3d4e5"), { nil: undefined }),
    tighten: fc.constantFrom<Tighten>("role", "unique-id", "principal-arn", "never"),
    guarded: fc.boolean(),
  })
  .map(({ caller, account, guarded, ...rest }) => {
    const principalArn = `arn:aws:iam::${account}:${caller}`;
    return {
      ...rest,
      kind: caller.startsWith("user") ? "user" : "role",
      principalArn,
      partition: "aws",
      accountId: account,
      guard: guarded ? [principalArn] : [],
    };
  });

/** The unique ID that a principal has in these tests. */
function uniqueIdOf(trust: PrincipalTrust): string {
  const prefix = trust.kind === "user" ? "AIDA" : "AROA";
  const number = CALLERS.findIndex((caller) => trust.principalArn.endsWith(`:${caller}`));
  return `${prefix}${trust.accountId}0000${number}`;
}

function confirmed(trust: PrincipalTrust): PrincipalTrust {
  return { ...trust, uniqueId: uniqueIdOf(trust) };
}

const request = fc.record({
  caller: fc.constantFrom(...CALLERS),
  account: fc.constantFrom(TRUSTED, "777788889999"),
  externalId: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
  mfa: fc.boolean(),
  organizationId: fc.option(fc.constantFrom("o-a1b2c3d4e5", "o-zzzzzzzzzz"), { nil: undefined }),
  recreated: fc.boolean(),
});

type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

function allows(trusts: readonly Trust[], { caller, account, recreated, ...context }: Request) {
  const number = CALLERS.indexOf(caller);
  const kind = caller.startsWith("user") ? "user" : "role";
  const prefix = kind === "user" ? "AIDA" : "AROA";
  const roleArn = `arn:aws:iam::${TRUSTING}:role/target`;
  return (
    evaluateAssumeRole({
      caller: {
        kind,
        arn: `arn:aws:iam::${account}:${caller}`,
        accountId: account,
        uniqueId: `${prefix}${account}0000${recreated ? 9 : number}`,
        identityPolicies: [
          {
            name: "all",
            document: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn }],
            },
          },
        ],
      },
      role: { arn: roleArn, accountId: TRUSTING, trustPolicy: trustPolicy(trusts) },
      context,
    }).result === "allowed"
  );
}

describe("the stages", () => {
  test("tightening never lets in who was not let in before", () => {
    fc.assert(
      fc.property(
        fc.array(principalTrust, { minLength: 1, maxLength: 4 }),
        request,
        (trusts, one) => {
          fc.pre(allows(trusts.map(confirmed), one));
          expect(allows(trusts, one)).toBe(true);
        },
      ),
      { numRuns: 1000, maxSkipsPerRun: 1000 },
    );
  });

  test("a merged policy lets in exactly whom its trusts let in one by one", () => {
    const staged = fc
      .tuple(principalTrust, fc.boolean())
      .map(([trust, isConfirmed]) => (isConfirmed ? confirmed(trust) : trust));
    fc.assert(
      fc.property(fc.array(staged, { minLength: 1, maxLength: 5 }), request, (trusts, one) => {
        expect(allows(trusts, one)).toBe(trusts.some((trust) => allows([trust], one)));
      }),
      { numRuns: 2000 },
    );
  });

  test("a trust tightened to the unique ID does not let a recreated role in", () => {
    const trust = confirmed({
      kind: "role",
      principalArn: `arn:aws:iam::${TRUSTED}:role/ci`,
      partition: "aws",
      accountId: TRUSTED,
      guard: [`arn:aws:iam::${TRUSTED}:role/ci`],
      tighten: "unique-id",
      mfa: false,
    });
    const ci = {
      caller: "role/ci",
      account: TRUSTED,
      mfa: false,
      externalId: undefined,
      organizationId: undefined,
    } as const;
    expect(allows([trust], { ...ci, recreated: false })).toBe(true);
    expect(allows([trust], { ...ci, recreated: true })).toBe(false);
  });

  test("the order of trusts does not show in the policy", () => {
    fc.assert(
      fc.property(fc.array(principalTrust, { maxLength: 6 }), (trusts) => {
        expect(trustPolicy([...trusts].reverse())).toEqual(trustPolicy(trusts));
      }),
    );
  });

  test("no set of confirmations makes a policy larger than its largest size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(principalTrust, fc.boolean()), { minLength: 1, maxLength: 7 }),
        (drawn) => {
          const trusts = [...new Map(drawn.map((one) => [one[0].principalArn, one])).values()];
          const size = policySize(
            trustPolicy(
              trusts.map(([trust, isConfirmed]) => (isConfirmed ? confirmed(trust) : trust)),
            ),
          );
          expect(size).toBeLessThanOrEqual(largestTrustPolicySize(trusts.map(([trust]) => trust)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
