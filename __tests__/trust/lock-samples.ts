import type { Lock } from "../../src/trust/lock";

export const CI = "arn:aws:iam::111122223333:role/build/ci";
export const ALICE = "arn:aws:iam::111122223333:user/alice";
export const TRUSTING = "arn:aws:iam::444455556666:role/images";
export const CI_ID = "AROAEXAMPLEEXAMPLE01";
export const ALICE_ID = "AIDAEXAMPLEEXAMPLE02";
export const ALIAS = "arn:aws:kms:eu-west-1:444455556666:alias/logs";
export const KEY = "arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const NOW = "2026-11-23T10:00:00Z";

/** A lock with an entry of every kind. */
export const LOCK: Lock = {
  principals: {
    [ALICE]: { uniqueId: ALICE_ID, confirmedAt: NOW, absent: true },
    [CI]: { uniqueId: CI_ID, confirmedAt: NOW, reopenedIn: ["444455556666"] },
  },
  applied: { [TRUSTING]: { [CI]: CI_ID, [ALICE]: "account" } },
  keys: { [ALIAS]: KEY },
  stacks: { shared: "111122223333", client: "444455556666" },
};
