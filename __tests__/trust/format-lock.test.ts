import fc from "fast-check";

import { formatLock } from "../../src/trust/format-lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { parseLock } from "../../src/trust/parse-lock";
import { lock } from "./lock-arbitrary";
import { ALIAS, ALICE, ALICE_ID, CI, CI_ID, KEY, LOCK, NOW, TRUSTING } from "./lock-samples";

describe("the text of a lock file", () => {
  test("has the version first, and everything else sorted", () => {
    expect(formatLock(LOCK)).toBe(`{
  "version": 1,
  "applied": {
    "${TRUSTING}": {
      "${CI}": "${CI_ID}",
      "${ALICE}": "account"
    }
  },
  "keys": {
    "${ALIAS}": "${KEY}"
  },
  "principals": {
    "${CI}": {
      "confirmedAt": "${NOW}",
      "reopenedIn": [
        "444455556666"
      ],
      "uniqueId": "${CI_ID}"
    },
    "${ALICE}": {
      "absent": true,
      "confirmedAt": "${NOW}",
      "uniqueId": "${ALICE_ID}"
    }
  },
  "stacks": {
    "client": "444455556666",
    "shared": "111122223333"
  }
}
`);
  });

  test("of a new organization confirms nothing", () => {
    expect(formatLock(EMPTY_LOCK)).toBe(
      '{\n  "version": 1,\n  "applied": {},\n  "principals": {},\n  "stacks": {}\n}\n',
    );
  });

  test("says what the lock says, whatever the lock", () => {
    fc.assert(
      fc.property(lock, (any) => {
        expect(parseLock("trust.lock.json", formatLock(any)).lock).toEqual(any);
      }),
    );
  });

  test("has the same bytes for the same lock, in whatever order it was made", () => {
    const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(record).reverse());
    fc.assert(
      fc.property(lock, (any) => {
        const other = {
          stacks: reversed(any.stacks),
          ...(any.keys !== undefined && { keys: reversed(any.keys) }),
          ...(any.terms !== undefined && { terms: reversed(any.terms) }),
          ...(any.sealed !== undefined && { sealed: reversed(any.sealed) }),
          ...(any.revoked !== undefined && { revoked: reversed(any.revoked) }),
          applied: reversed(
            Object.fromEntries(
              Object.entries(any.applied).map(([arn, trusts]) => [arn, reversed(trusts)]),
            ),
          ),
          principals: reversed(
            Object.fromEntries(
              Object.entries(any.principals).map(([arn, principal]) => [
                arn,
                {
                  ...principal,
                  ...(principal.reopenedIn && { reopenedIn: [...principal.reopenedIn].reverse() }),
                },
              ]),
            ),
          ),
        };

        expect(formatLock(other)).toBe(formatLock(any));
      }),
    );
  });

  test("has its keys sorted at every level below the version", () => {
    const keysOf = (value: unknown): readonly (readonly string[])[] =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? [Object.keys(value), ...Object.values(value).flatMap(keysOf)]
        : [];
    fc.assert(
      fc.property(lock, (any) => {
        const { version, ...rest } = JSON.parse(formatLock(any));

        expect(version).toBe(1);
        for (const keys of keysOf(rest)) expect(keys).toEqual([...keys].sort());
      }),
    );
  });
});
