import { type Lock } from "../../src/trust/lock";

/** The account that trusts, and the one that is trusted. */
export const TRUSTING = "111122223333";
export const TRUSTED = "444455556666";

export const CI = `arn:aws:iam::${TRUSTED}:role/build/ci`;
export const CI_ID = "AROAEXAMPLEOFCIROLE12";

/** A lock that confirms these principals. */
export function lockOf(uniqueIds: Readonly<Record<string, string>>): Lock {
  return {
    principals: Object.fromEntries(
      Object.entries(uniqueIds).map(([arn, uniqueId]) => [
        arn,
        { uniqueId, confirmedAt: "2026-11-23T10:00:00Z" },
      ]),
    ),
    applied: {},
    stacks: {},
  };
}

/** A trust policy of one statement. */
export function allowing(statement: Readonly<Record<string, unknown>>): unknown {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
}
