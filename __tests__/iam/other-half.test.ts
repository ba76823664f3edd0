import fc from "fast-check";

import { assumeRolePolicy } from "../../src/iam/assume-role-policy";
import type { OtherHalf, OtherHalfIdentity } from "../../src/iam/other-half";
import { otherHalf, roomLeft } from "../../src/iam/other-half";
import { asArray, policySize } from "../../src/iam/policy-document";
import type { IdentityKind } from "../../src/iam/quotas";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "../../src/iam/quotas";

const ROLE: OtherHalfIdentity = { kind: "role" };
const GROUP: OtherHalfIdentity = { kind: "group" };
const MANAGED_ONLY: OtherHalfIdentity = { kind: "user", placement: "managed-only" };

/** Shrinking hundreds of ARNs takes minutes, and a list of fewer does not fail in the same way. */
const WITHOUT_SHRINKING = { endOnFailure: true };

/** The role of that number: ARNs of 48 characters in accounts that count up. */
function role(index: number): string {
  return `arn:aws:iam::${100000000001 + index}:role/xacct/deploy-role`;
}

function roles(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => role(index));
}

/** ARN to the number of the policy that it stands in. */
function numbers(half: OtherHalf): ReadonlyMap<string, number> {
  if (half.kind !== "managed") throw new Error(`expected managed policies, found ${half.kind}`);
  return new Map(
    half.policies.flatMap(({ number, policy }) =>
      asArray(asArray(policy.Statement)[0].Resource).map((arn): [string, number] => [arn, number]),
    ),
  );
}

function policyCount(half: OtherHalf): number {
  return half.kind === "managed" ? half.policies.length : 0;
}

/** Numbers of the policies that differ, and the roles that were there before and moved. */
function difference(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): { readonly policies: number; readonly moved: readonly string[] } {
  const moved = [...before.keys()].filter((arn) => before.get(arn) !== after.get(arn));
  const added = [...after.keys()].filter((arn) => !before.has(arn));
  const touched = [...moved, ...added].flatMap((arn) => [before.get(arn), after.get(arn)]);
  return { policies: new Set(touched.filter((number) => number !== undefined)).size, moved };
}

const roleArn = fc
  .tuple(
    fc.integer({ min: 0, max: 99_999 }),
    fc.constantFrom("/", "/xacct/", "/a/longer/path/than/usual/"),
    fc.stringMatching(/^[\w+=,.@-]{1,64}$/),
  )
  .map(([index, path, name]) => `arn:aws:iam::${100000000001 + index}:role${path}${name}`);
const roleArns = fc.uniqueArray(roleArn, { minLength: 1, maxLength: 400, size: "max" });
const identity = fc.record({
  kind: fc.constantFrom<IdentityKind>("role", "user", "group"),
  otherInlineSize: fc.integer({ min: 0, max: 3_000 }),
  otherManagedPolicies: fc.integer({ min: 0, max: 11 }),
  placement: fc.constantFrom("inline-first" as const, "managed-only" as const),
});

describe("the other half of an identity's trusts", () => {
  test("is nothing when no role trusts it", () => {
    expect(otherHalf([], ROLE)).toEqual({ kind: "none" });
  });

  test("is one inline policy while that fits", () => {
    expect(otherHalf([role(1), role(0)], ROLE)).toEqual({
      kind: "inline",
      policy: assumeRolePolicy([role(0), role(1)]),
    });
  });

  test("allows each role in exactly one policy, within the quotas, whatever the roles", () => {
    fc.assert(
      fc.property(roleArns, identity, (arns, who) => {
        const half = otherHalf(arns, who);
        const inlineRoom = INLINE_POLICIES_SIZE[who.kind] - who.otherInlineSize;
        const fitsInline =
          who.placement === "inline-first" && policySize(assumeRolePolicy(arns)) <= inlineRoom;

        expect(half.kind === "inline").toBe(fitsInline);
        if (half.kind === "inline") expect(half.policy).toEqual(assumeRolePolicy(arns));
        if (half.kind === "overflow") {
          expect(half.fits + half.over).toBe(arns.length);
          expect(half.over).toBeGreaterThan(0);
        }
        if (half.kind !== "managed") return;
        expect(half.policies.length).toBeLessThanOrEqual(10 - who.otherManagedPolicies);
        for (const { policy } of half.policies) {
          expect(policySize(policy)).toBeLessThanOrEqual(MANAGED_POLICY_SIZE);
        }
        const listed = half.policies.flatMap(({ policy }) =>
          asArray(policy.Statement).flatMap(({ Resource }) => asArray(Resource)),
        );
        expect([...listed].sort()).toEqual([...arns].sort());
      }),
      WITHOUT_SHRINKING,
    );
  });

  test("does not depend on the order of the roles, nor on one being named twice", () => {
    fc.assert(
      fc.property(roleArns, identity, (arns, who) => {
        expect(otherHalf([...arns].reverse().concat(arns[0]), who)).toEqual(otherHalf(arns, who));
      }),
      { ...WITHOUT_SHRINKING, numRuns: 30 },
    );
  });

  test("refuses what is not one role", () => {
    expect(() => otherHalf(["arn:aws:iam::111122223333:role/*"], ROLE)).toThrow(
      "without wildcards",
    );
  });
});

describe("an inline policy", () => {
  test.each([
    ["role", 10_240],
    ["user", 2_048],
    ["group", 5_120],
  ] as const)("of a %s takes exactly %d characters, and not one more", (kind, quota) => {
    const arns = roles(30);
    const size = policySize(assumeRolePolicy(arns));

    expect(otherHalf(arns, { kind, otherInlineSize: quota - size }).kind).toBe("inline");
    expect(otherHalf(arns, { kind, otherInlineSize: quota - size + 1 }).kind).toBe("managed");
  });

  test("of a role takes 198 roles of 48 characters, 10,240 characters to the last", () => {
    const exact = [
      ...roles(197),
      `${role(197)}${"x".repeat(10_240 - policySize(assumeRolePolicy(roles(198))))}`,
    ];

    expect(policySize(assumeRolePolicy(exact))).toBe(10_240);
    expect(otherHalf(exact, ROLE).kind).toBe("inline");
    expect(otherHalf([...exact.slice(0, -1), `${exact[197]}x`], ROLE).kind).toBe("managed");
    expect(otherHalf(roles(199), ROLE).kind).toBe("managed");
  });

  test("is not added to a role that is not ours", () => {
    expect(otherHalf([role(0)], { kind: "role", placement: "managed-only" })).toEqual({
      kind: "managed",
      policies: [{ number: 1, policy: assumeRolePolicy([role(0)]) }],
    });
  });
});

describe("managed policies", () => {
  test("are as few as they fill to 90%", () => {
    // 118 roles of 48 characters fill one policy of 6,144.
    expect(
      [106, 107, 213, 214].map((count) => policyCount(otherHalf(roles(count), MANAGED_ONLY))),
    ).toEqual([1, 2, 2, 3]);
  });

  test("are filled to the brim when no more may be attached", () => {
    const three = { ...GROUP, otherManagedPolicies: 7 };

    expect(policyCount(otherHalf(roles(3 * 118), three))).toBe(3);
    expect(otherHalf(roles(3 * 118 + 1), three)).toEqual({ kind: "overflow", fits: 354, over: 1 });
  });

  test("take exactly 6,144 characters, and not one more", () => {
    const one = { ...MANAGED_ONLY, otherManagedPolicies: 9 };
    const full = roles(118);
    const exact = [
      ...full.slice(1),
      `${role(0)}${"x".repeat(6_144 - policySize(assumeRolePolicy(full)))}`,
    ];

    expect(policySize(assumeRolePolicy(exact))).toBe(6_144);
    expect(otherHalf(exact, one).kind).toBe("managed");
    expect(otherHalf([...exact.slice(0, -1), `${exact[117]}x`], one)).toEqual({
      kind: "overflow",
      fits: 117,
      over: 1,
    });
  });

  test("of a group take 1,180 roles, and the overflow tells how many are too many", () => {
    expect(policyCount(otherHalf(roles(1_180), GROUP))).toBe(10);
    expect(otherHalf(roles(1_250), GROUP)).toEqual({ kind: "overflow", fits: 1_180, over: 70 });
  });

  test("are more where AWS raised the quota", () => {
    expect(policyCount(otherHalf(roles(25 * 118), { ...ROLE, managedPoliciesQuota: 25 }))).toBe(25);
  });

  test("are none where the identity's own take the whole quota: what fits is what fits inline", () => {
    expect(otherHalf(roles(199), { ...ROLE, otherManagedPolicies: 10 })).toEqual({
      kind: "overflow",
      fits: 198,
      over: 1,
    });
    expect(
      otherHalf(roles(3), { ...ROLE, otherManagedPolicies: 12, otherInlineSize: 10_300 }),
    ).toEqual({ kind: "overflow", fits: 0, over: 3 });
  });
});

describe("one more role", () => {
  test("changes one policy or two, whatever the role, while the policies are not full", () => {
    const changed: number[] = [];
    fc.assert(
      fc.property(fc.integer({ min: 107, max: 1_000 }), roleArn, (count, more) => {
        const before = otherHalf(roles(count), GROUP);
        const after = otherHalf([...roles(count), more], GROUP);
        fc.pre(policyCount(before) === policyCount(after));

        const { policies, moved } = difference(numbers(before), numbers(after));
        changed.push(policies);
        // Every further policy that changes does so for a role or two that had to make room.
        expect(moved.length).toBeLessThanOrEqual(2 * (policies - 1));
        expect(policies).toBeLessThanOrEqual(4);
      }),
      WITHOUT_SHRINKING,
    );
    const sorted = [...changed].sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBe(1);
  });

  test("moves no more than a few, from 200 roles to the quota", () => {
    const steps: { readonly policies: number; readonly moved: number }[] = [];
    for (let count = 200; count < 1_180; count += 7) {
      const before = otherHalf(roles(count), GROUP);
      const after = otherHalf(roles(count + 1), GROUP);
      if (policyCount(after) !== policyCount(before)) continue;
      const { policies, moved } = difference(numbers(before), numbers(after));
      steps.push({ policies, moved: moved.length });
    }
    const touched = steps.map(({ policies }) => policies).sort((a, b) => a - b);

    expect(steps.length).toBeGreaterThan(130);
    expect(touched[Math.floor(touched.length / 2)]).toBe(1);
    expect(touched[Math.floor(touched.length * 0.95)]).toBeLessThanOrEqual(2);
    expect(Math.max(...steps.map(({ moved }) => moved))).toBeLessThanOrEqual(4);
  });

  test("that needs one policy more moves roles into that one alone, but for those that had no room", () => {
    // Where 90% of so many policies are full: see "are as few as they fill to 90%".
    for (const count of [106, 213, 320, 426, 640, 853]) {
      const before = otherHalf(roles(count), MANAGED_ONLY);
      const after = otherHalf(roles(count + 1), MANAGED_ONLY);
      const added = policyCount(after);
      expect(added).toBe(policyCount(before) + 1);

      const { moved } = difference(numbers(before), numbers(after));
      const between = moved.filter((arn) => numbers(after).get(arn) !== added);
      expect(moved.length - between.length).toBeLessThanOrEqual(1.5 * (count / added));
      expect(between.length).toBeLessThanOrEqual(0.05 * count);
    }
  });

  test("less puts everything back as it was", () => {
    const { moved } = difference(
      numbers(otherHalf(roles(500), GROUP)),
      numbers(otherHalf(roles(501).slice(0, 500), GROUP)),
    );

    expect(moved).toEqual([]);
  });
});

describe("the room left", () => {
  test("is what the quotas hold for an identity that may assume nothing yet", () => {
    expect(roomLeft([], ROLE)).toBe(1_180);
    expect(roomLeft([], { ...ROLE, otherManagedPolicies: 10 })).toBe(198);
  });

  test.each([
    ["inline alone", 150, { ...ROLE, otherManagedPolicies: 10 }],
    ["managed", 300, { ...GROUP, otherManagedPolicies: 7 }],
    ["to the last", 1_179, GROUP],
    [
      "managed only, though more fits inline",
      100,
      { ...ROLE, otherManagedPolicies: 8, placement: "managed-only" as const },
    ],
  ])("is what still fits, and no more: %s", (_where, count, who) => {
    const left = roomLeft(roles(count), who);

    expect(left).toBeGreaterThan(0);
    expect(otherHalf(roles(count + left), who).kind).not.toBe("overflow");
    expect(otherHalf(roles(count + left + 1), who).kind).toBe("overflow");
  });

  test("counts in roles as long as those that are there", () => {
    const long = roles(100).map((arn) => `${arn}${"x".repeat(51)}`);

    expect(roomLeft(long, { ...ROLE, otherManagedPolicies: 10 })).toBe(0);
    expect(roomLeft(long.slice(1), { ...ROLE, otherManagedPolicies: 10 })).toBe(0);
    expect(roomLeft(long.slice(2), { ...ROLE, otherManagedPolicies: 10 })).toBe(1);
  });

  test("is 0 when it is full, and when it is over", () => {
    expect(roomLeft(roles(1_180), GROUP)).toBe(0);
    expect(roomLeft(roles(1_300), GROUP)).toBe(0);
    expect(
      roomLeft(roles(10), { ...GROUP, otherInlineSize: 6_000, otherManagedPolicies: 11 }),
    ).toBe(0);
  });
});
