import type { Lock } from "../../src/trust/lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { confirmPrincipal, recordApplied, reopenPrincipal } from "../../src/trust/lock-changes";
import { ALICE, ALICE_ID, CI, CI_ID, LOCK, NOW, TRUSTING } from "./lock-samples";

const LATER = "2027-01-01T00:00:00Z";
const CONFIRMED: Lock = confirmPrincipal(EMPTY_LOCK, CI, CI_ID, NOW);

describe("a confirmation", () => {
  test("records the unique ID and the time", () => {
    expect(CONFIRMED.principals).toEqual({ [CI]: { uniqueId: CI_ID, confirmedAt: NOW } });
  });

  test("of the same unique ID changes nothing", () => {
    expect(confirmPrincipal(CONFIRMED, CI, CI_ID, LATER)).toEqual(CONFIRMED);
  });

  test("of another unique ID has another time", () => {
    expect(confirmPrincipal(CONFIRMED, CI, "AROAEXAMPLEEXAMPLE99", LATER).principals).toEqual({
      [CI]: { uniqueId: "AROAEXAMPLEEXAMPLE99", confirmedAt: LATER },
    });
  });

  test("clears the marks of a principal that was absent or reopened, and keeps the time", () => {
    const anew = confirmPrincipal(confirmPrincipal(LOCK, CI, CI_ID, LATER), ALICE, ALICE_ID, LATER);

    expect(anew).toEqual({
      ...LOCK,
      principals: {
        [CI]: { uniqueId: CI_ID, confirmedAt: NOW },
        [ALICE]: { uniqueId: ALICE_ID, confirmedAt: NOW },
      },
    });
  });
});

describe("reopening a principal", () => {
  test("takes its confirmation away, and leaves what is applied", () => {
    expect(reopenPrincipal(LOCK, CI)).toEqual({
      ...LOCK,
      principals: { [ALICE]: LOCK.principals[ALICE] },
    });
  });

  test("in one account keeps it confirmed for the others", () => {
    expect(reopenPrincipal(CONFIRMED, CI, "444455556666").principals).toEqual({
      [CI]: { uniqueId: CI_ID, confirmedAt: NOW, reopenedIn: ["444455556666"] },
    });
  });

  test("in several accounts lists each once, sorted", () => {
    const reopened = ["444455556666", "111122223333", "444455556666"].reduce(
      (lock, id) => reopenPrincipal(lock, CI, id),
      CONFIRMED,
    );

    expect(reopened.principals[CI].reopenedIn).toEqual(["111122223333", "444455556666"]);
  });

  test("that is not confirmed changes nothing", () => {
    expect(reopenPrincipal(CONFIRMED, ALICE)).toBe(CONFIRMED);
    expect(reopenPrincipal(CONFIRMED, ALICE, "444455556666")).toBe(CONFIRMED);
    expect(reopenPrincipal(CONFIRMED, "toString", "444455556666")).toBe(CONFIRMED);
  });
});

describe("what is applied", () => {
  test("is recorded in place of what was", () => {
    expect(recordApplied(LOCK, TRUSTING, { [CI]: "account" })).toEqual({
      ...LOCK,
      applied: { [TRUSTING]: { [CI]: "account" } },
    });
  });

  test("is forgotten when the role trusts no principal any more", () => {
    expect(recordApplied(LOCK, TRUSTING, {})).toEqual({ ...LOCK, applied: {} });
  });
});

test("a change leaves the lock that it was made from as it was", () => {
  const before = structuredClone(LOCK);
  confirmPrincipal(LOCK, CI, "AROAEXAMPLEEXAMPLE99", LATER);
  reopenPrincipal(LOCK, CI, "111122223333");
  recordApplied(LOCK, TRUSTING, {});

  expect(LOCK).toEqual(before);
});
