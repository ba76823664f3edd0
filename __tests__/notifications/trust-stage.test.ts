import { principalTrust } from "../../src/trust/principal-trust";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { trustPolicy } from "../../src/trust/trust-policy";
import { stageOf, type PrincipalTrust, type Tighten, type Trust } from "../../src/trust/trust";
import { lockOf } from "../constructs/trusts";
import { trustOf } from "./function";

/* What the function makes of a trust policy: of those that this project renders, the stage that they have. */

const ACCOUNT = "777788889999";
const CI = `arn:aws:iam::${ACCOUNT}:role/build/ci`;
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;
const LOCK = lockOf({ [CI]: "AROAEXAMPLEOFCIROLE12", [BOB]: "AIDAEXAMPLEOFBOBUSER1" });

const GROUP: Trust = {
  kind: "group",
  partition: "aws",
  accountId: ACCOUNT,
  groupName: "CrossAccount",
  mfa: true,
};

function stageFor(trusts: readonly Trust[], callerKind: string | undefined): unknown {
  return trustOf(trustPolicy(trusts), { callerAccount: ACCOUNT, callerKind }).stage;
}

const ENDINGS: readonly Tighten[] = ["role", "unique-id", "principal-arn", "never"];
const CASES = [CI, BOB].flatMap((arn) =>
  ENDINGS.flatMap((tighten) =>
    [LOCK, EMPTY_LOCK].flatMap((lock) =>
      [undefined, []].map((guard): [string, PrincipalTrust] => {
        const trust = principalTrust(arn, lock, { tighten, guard });
        const state = lock === LOCK ? "confirmed" : "waiting";
        return [`${arn}, ${tighten}, ${state}, ${guard ? "not guarded" : "guarded"}`, trust];
      }),
    ),
  ),
);

test.each(CASES)("%s: the stage that the trust has", (_name, trust) => {
  expect(stageFor([trust], trust.kind)).toBe(stageOf(trust));
});

test("a role's trust says nothing of a user, and a group's nothing of a role", () => {
  const ofRole = principalTrust(CI, LOCK);
  expect(stageFor([ofRole, GROUP], "role")).toBe("role");
  expect(stageFor([ofRole, GROUP], "user")).toBe("account");
  expect(stageFor([principalTrust(CI, EMPTY_LOCK), principalTrust(BOB, LOCK)], "user")).toBe(
    "role",
  );
});

test("of a caller of unknown kind the widest counts", () => {
  expect(stageFor([principalTrust(CI, LOCK), GROUP], undefined)).toBe("account");
});

const WORDS: readonly (readonly [string, object, object, object])[] = [
  [
    "a guarded account",
    trustPolicy([principalTrust(CI, EMPTY_LOCK)]),
    { callerAccount: ACCOUNT, callerKind: "role" },
    { stage: "account", words: `stage account: account ${ACCOUNT}, narrowed to ${CI}` },
  ],
  [
    "a whole account, by its ID alone",
    { Statement: { Effect: "Allow", Principal: { AWS: ACCOUNT } } },
    { callerAccount: ACCOUNT, callerKind: "role" },
    { stage: "account", words: `stage account: all of account ${ACCOUNT}` },
  ],
  [
    "a pinned unique ID",
    trustPolicy([principalTrust(CI, LOCK, { tighten: "unique-id" })]),
    { callerAccount: ACCOUNT, callerKind: "role" },
    {
      stage: "role",
      words: "the principal itself, by its unique ID: AROAEXAMPLEOFCIROLE12:*",
    },
  ],
  [
    "everybody",
    { Statement: [{ Effect: "Allow", Principal: "*" }] },
    { callerAccount: ACCOUNT, callerKind: "user" },
    { stage: "account", words: "stage account: everybody (*)" },
  ],
  [
    "another account alone",
    trustPolicy([principalTrust(CI, LOCK)]),
    { callerAccount: "444455556666", callerKind: "role" },
    {
      stage: "unknown",
      words: "nobody of account 444455556666 any more: the trust policy was changed since",
    },
  ],
  [
    "a principal that was deleted",
    { Statement: [{ Effect: "Allow", Principal: { AWS: "AROAEXAMPLEOFCIROLE12" } }] },
    { callerAccount: ACCOUNT, callerKind: "role" },
    {
      stage: "unknown",
      words: `nobody of account ${ACCOUNT} any more: the trust policy was changed since`,
    },
  ],
  [
    "a denial beside",
    {
      Statement: [
        { Effect: "Deny", Principal: { AWS: "*" } },
        { Effect: "Allow", Principal: { AWS: [CI, BOB] } },
      ],
    },
    { callerAccount: ACCOUNT, callerKind: "user" },
    { stage: "role", words: `the principal itself: ${BOB}` },
  ],
  [
    "an identity provider",
    trustPolicy([principalTrust(CI, EMPTY_LOCK)]),
    { callerKind: "federated" },
    {
      stage: "federated",
      words: "an identity provider, by the conditions of the trust policy",
    },
  ],
];

test.each(WORDS)("of %s in words", (_name, document, use, expected) => {
  expect(trustOf(document, { ...use })).toEqual(expected);
});
