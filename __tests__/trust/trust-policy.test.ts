import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { evaluateAssumeRole } from "../../src/iam/evaluation/evaluate-assume-role";
import { policySize } from "../../src/iam/policy-document";
import type { TrustLimits } from "../../src/trust/trust-limits";
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

const some = <T>(...values: readonly T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });

/** Few values each, so that requests meet them often. */
const limits = fc
  .record({
    sourceIdentity: some(["alice"], ["a*", "bob"]),
    sessionTags: some<Readonly<Record<string, readonly string[]>>>({ team: ["a", "b*"] }),
    sessionName: some(["ci-*"]),
    sourceIp: some(["203.0.113.0/24"]),
    sourceVpce: some(["vpce-0a1b2c3d"]),
    expires: some("2030-01-01T00:00:00Z"),
    conditions: some({ StringEquals: { "aws:PrincipalTag/team": "a" } }),
  })
  .map((all): TrustLimits =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  );

const principalTrust: fc.Arbitrary<PrincipalTrust> = fc
  .record({
    limits: fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, { arbitrary: limits, weight: 1 }),
    caller: fc.constantFrom(...CALLERS),
    account: fc.constantFrom(TRUSTED, "777788889999"),
    externalId: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
    mfa: fc.boolean(),
    organizationId: fc.option(fc.constant("o-a1b2c3d4e5"), { nil: undefined }),
    tighten: fc.constantFrom<Tighten>("role", "unique-id", "principal-arn", "never"),
    guarded: fc.boolean(),
  })
  .map(({ caller, account, guarded, limits: held, ...rest }) => {
    const principalArn = `arn:aws:iam::${account}:${caller}`;
    return {
      ...rest,
      ...held,
      kind: caller.startsWith("user") ? "user" : "role",
      principalArn,
      partition: "aws",
      accountId: account,
      guard: guarded ? [principalArn] : [],
    };
  });

/** No principal twice: accounts.json refuses that. */
const principalTrusts = (maxLength: number) =>
  fc.uniqueArray(principalTrust, {
    minLength: 1,
    maxLength,
    selector: ({ principalArn }) => principalArn,
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
  sourceIdentity: some("alice", "eve"),
  sessionTags: some<Readonly<Record<string, string>>>(
    { team: "a" },
    { team: "bb" },
    { team: "c" },
    { team: "a", other: "x" },
  ),
  roleSessionName: fc.constantFrom("ci-1", "else"),
  sourceIp: fc.constantFrom("203.0.113.7", "198.51.100.7"),
  time: fc.constantFrom("2029-12-31T23:59:59Z", "2030-01-01T00:00:00Z"),
  keys: fc.constantFrom(
    { "aws:PrincipalTag/team": "a", "aws:SourceVpce": "vpce-0a1b2c3d" },
    { "aws:PrincipalTag/team": "b", "aws:SourceVpce": "vpce-99999999" },
  ),
});

type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** Trusts with a request that meets most of what the first of them asks for: others seldom get in. */
function aimed(trusts: fc.Arbitrary<readonly PrincipalTrust[]>) {
  const most = fc.oneof(
    { arbitrary: fc.constant(true), weight: 9 },
    { arbitrary: fc.constant(false), weight: 1 },
  );
  const follows = fc.array(most, { minLength: 12, maxLength: 12 });
  return fc.tuple(trusts, request, follows).map(([drawn, one, follow]) => {
    const [first] = drawn;
    const meeting: Request = {
      caller: CALLERS.find((caller) => first.principalArn.endsWith(`:${caller}`)) ?? one.caller,
      account: first.accountId === TRUSTED ? TRUSTED : "777788889999",
      externalId: first.externalId === undefined ? undefined : (first.externalId as "one" | "two"),
      mfa: true,
      organizationId: "o-a1b2c3d4e5",
      recreated: false,
      sourceIdentity: first.sourceIdentity === undefined ? undefined : "alice",
      sessionTags: first.sessionTags === undefined ? undefined : { team: "a" },
      roleSessionName: "ci-1",
      sourceIp: "203.0.113.7",
      time: "2029-12-31T23:59:59Z",
      keys: { "aws:PrincipalTag/team": "a", "aws:SourceVpce": "vpce-0a1b2c3d" },
    };
    const fields = Object.keys(meeting).filter((_, index) => !follow[index]);
    const aimedAt: Request = {
      ...meeting,
      ...Object.fromEntries(fields.map((field) => [field, one[field as keyof Request]])),
    };
    return [drawn, aimedAt] as const;
  });
}

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
              Statement: [{ Effect: "Allow", Action: "sts:*", Resource: roleArn }],
            },
          },
        ],
      },
      role: { arn: roleArn, accountId: TRUSTING, trustPolicy: trustPolicy(trusts) },
      context,
    }).result === "allowed"
  );
}

describe("limits", () => {
  test("a request meets all of them, or is not let in", () => {
    let letIn = 0;
    fc.assert(
      fc.property(aimed(principalTrusts(1)), fc.boolean(), ([[drawn], one], isConfirmed) => {
        const trust = isConfirmed ? confirmed(drawn) : drawn;
        if (!allows([trust], one)) return;
        letIn += 1;
        const { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce } = trust;
        if (sourceIdentity !== undefined) expect(one.sourceIdentity).toBe("alice");
        else expect(one.sourceIdentity).toBeUndefined();
        if (sessionTags !== undefined) expect(Object.keys(one.sessionTags ?? {})).toEqual(["team"]);
        else expect(one.sessionTags).toBeUndefined();
        if (sessionName !== undefined) expect(one.roleSessionName).toBe("ci-1");
        if (sourceIp !== undefined) expect(one.sourceIp).toBe("203.0.113.7");
        if (sourceVpce !== undefined) expect(one.keys["aws:SourceVpce"]).toBe("vpce-0a1b2c3d");
        if (trust.expires !== undefined) expect(one.time).toBe("2029-12-31T23:59:59Z");
        if (trust.conditions !== undefined) expect(one.keys["aws:PrincipalTag/team"]).toBe("a");
      }),
      { numRuns: 1000 },
    );
    expect(letIn).toBeGreaterThan(100);
  });
});

describe("the stages", () => {
  test("tightening never lets in who was not let in before", () => {
    fc.assert(
      fc.property(aimed(principalTrusts(4)), ([trusts, one]) => {
        fc.pre(allows(trusts.map(confirmed), one));
        expect(allows(trusts, one)).toBe(true);
      }),
      { numRuns: 1000, maxSkipsPerRun: 100 },
    );
  });

  // Setting a source identity and tagging have statements of their own, so that somebody whom one trust
  // lets in with less to carry may also carry what another trust in him lets him carry.
  test("a merged policy lets in exactly whom its trusts let in one by one", () => {
    const staged = fc
      .tuple(principalTrusts(5), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
      .map(([drawn, isConfirmed]) =>
        drawn.map((trust, index) => (isConfirmed[index] ? confirmed(trust) : trust)),
      );
    fc.assert(
      fc.property(aimed(staged), ([trusts, one]) => {
        const isLetIn = trusts.some((trust) => allows([trust], one));
        const lighter = [
          { ...one, sourceIdentity: undefined },
          { ...one, sessionTags: undefined },
          { ...one, sourceIdentity: undefined, sessionTags: undefined },
        ];
        if (isLetIn) expect(allows(trusts, one)).toBe(true);
        else if (allows(trusts, one)) {
          expect(one.sourceIdentity ?? one.sessionTags).toBeDefined();
          expect(trusts.some((trust) => lighter.some((plain) => allows([trust], plain)))).toBe(
            true,
          );
        }
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
      sourceIdentity: undefined,
      sessionTags: undefined,
      roleSessionName: "ci-1",
      sourceIp: "203.0.113.7",
      time: "2029-12-31T23:59:59Z",
      keys: { "aws:PrincipalTag/team": "a", "aws:SourceVpce": "vpce-0a1b2c3d" },
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
