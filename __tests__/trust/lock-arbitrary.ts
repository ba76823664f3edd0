import fc from "fast-check";

import type { Lock } from "../../src/trust/lock";

const accountId = fc.integer({ min: 0, max: 999 }).map((number) => String(100000000000 + number));
const name = fc.stringMatching(/^[A-Za-z][\w+=,.@-]{0,20}$/);
const path = fc.constantFrom("/", "/build/", "/a/b/");
const arn = (type: "role" | "user") =>
  fc
    .tuple(accountId, path, name)
    .map(([id, where, what]) => `arn:aws:iam::${id}:${type}${where}${what}`);
const idOf = (principalArn: string, number: number) =>
  `${principalArn.includes(":role/") ? "AROA" : "AIDA"}${String(number).padStart(17, "0")}`;
const time = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().replace(/\.\d+Z$/, "Z"));

const principals = fc
  .uniqueArray(fc.oneof(arn("role"), arn("user")), { maxLength: 8 })
  .chain((arns) =>
    fc.tuple(
      ...arns.map((each, index) =>
        fc
          .record(
            {
              confirmedAt: time,
              absent: fc.constant(true as const),
              reopenedIn: fc
                .uniqueArray(accountId, { minLength: 1, maxLength: 3 })
                .map((ids) => [...ids].sort()),
            },
            { requiredKeys: ["confirmedAt"] },
          )
          .map((rest) => [each, { uniqueId: idOf(each, index), ...rest }] as const),
      ),
    ),
  )
  .map((entries): Lock["principals"] => Object.fromEntries(entries));

const shared = fc.tuple(accountId, name).map(([id, what]) => `arn:aws:sns:eu-west-1:${id}:${what}`);
const trusting = fc.oneof(arn("role"), shared);

const keys = fc
  .uniqueArray(fc.tuple(accountId, fc.integer({ min: 0, max: 99 })), { maxLength: 4 })
  .map((pairs) =>
    Object.fromEntries(
      pairs.map(([id, number]) => [
        `arn:aws:kms:eu-west-1:${id}:alias/key-${number}`,
        `arn:aws:kms:eu-west-1:${id}:key/${number}`,
      ]),
    ),
  );

const applied = fc.dictionary(
  trusting,
  fc
    .uniqueArray(fc.tuple(fc.oneof(arn("role"), arn("user")), fc.integer({ min: -3, max: 99 })), {
      selector: ([each]) => each,
      maxLength: 4,
    })
    .map((trusts) =>
      Object.fromEntries(
        trusts.map(([each, number]) => [each, number < 0 ? "account" : idOf(each, number)]),
      ),
    ),
  { maxKeys: 6, noNullPrototype: true },
);

const terms = fc.dictionary(
  fc.oneof(
    trusting,
    accountId.map((id) => `arn:aws:iam::${id}:root`),
  ),
  fc.dictionary(
    fc.oneof(
      arn("user"),
      accountId.map((id) => `account ${id}`),
    ),
    fc.stringMatching(/^[0-9a-f]{16}$/),
    { maxKeys: 3, noNullPrototype: true },
  ),
  { maxKeys: 3, noNullPrototype: true },
);

const seals = fc.dictionary(arn("role"), fc.record({ before: time, until: time }), {
  maxKeys: 3,
  noNullPrototype: true,
});

const revocations = fc.dictionary(
  arn("role"),
  fc.record(
    {
      at: time,
      principals: fc.uniqueArray(arn("user"), { maxLength: 3 }).map((arns) => [...arns].sort()),
      reaches: fc.uniqueArray(arn("role"), { maxLength: 3 }).map((arns) => [...arns].sort()),
      sealedAt: time,
      sealsLeft: fc.nat({ max: 3 }),
      unconfirmed: fc.constant(true as const),
    },
    { requiredKeys: ["at", "principals", "reaches", "sealsLeft"] },
  ),
  { maxKeys: 3, noNullPrototype: true },
);

/** Any lock that can be read again. */
export const lock: fc.Arbitrary<Lock> = fc.record(
  {
    principals,
    applied,
    stacks: fc.dictionary(fc.stringMatching(/^[A-Za-z][\w-]{0,12}$/), accountId, {
      maxKeys: 5,
      noNullPrototype: true,
    }),
    terms,
    keys,
    revoked: revocations,
    sealed: seals,
  },
  { requiredKeys: ["principals", "applied", "stacks"] },
);
