import fc from "fast-check";
import {
  confirmOutputs,
  pruneLock,
  type ConfirmOptions,
} from "../../../src/model/rollout/confirmation";
import type { Model } from "../../../src/model/model";
import type { StackOutputs } from "../../../src/model/rollout/stack-outputs";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { removedTrusts } from "../../../src/model/rollout/removed-trusts";
import { recordRevocation } from "../../../src/model/rollout/revocations";
import type { Lock, Revocation } from "../../../src/trust/lock";
import { deployAndConfirm, modelOf, NOW, outputsOf, rolledOut, uniqueId } from "../deployed";

const CI = "arn:aws:iam::444455556666:role/ci";
const APP = "arn:aws:iam::111122223333:role/app";
const LATER = "2027-01-01T00:00:00Z";

const FIRST = modelOf({ trust: { account: "shared", role: "ci" } });
const DONE = rolledOut(FIRST);

function confirm(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
  options: Partial<ConfirmOptions> = {},
) {
  return confirmOutputs(model, outputs, { now: LATER, acceptRecreated: false, ...options });
}

function withPrincipal(change: object): Model {
  const principals = { [CI]: { ...DONE.lock.principals[CI], ...change } };
  return modelWithLock(DONE, { ...DONE.lock, principals });
}

describe("a principal that exists", () => {
  test("is confirmed with its unique id and the time", () => {
    const { lock, confirmed } = deployAndConfirm(FIRST, ["shared"]);

    expect(confirmed).toEqual([CI]);
    expect(lock.principals).toEqual({ [CI]: { uniqueId: uniqueId(CI), confirmedAt: NOW } });
    expect(lock.stacks).toEqual({ shared: "444455556666" });
  });

  test("keeps its time when it is confirmed again", () => {
    const { lock, confirmed } = confirm(DONE, outputsOf(DONE, ["shared"]));

    expect(confirmed).toEqual([]);
    expect(lock).toEqual(DONE.lock);
  });

  test("is confirmed anew, with its time kept, when its trusts were reopened", () => {
    const model = withPrincipal({ reopenedIn: ["111122223333"] });
    const { lock, confirmed } = confirm(model, outputsOf(DONE, ["shared"]));

    expect(confirmed).toEqual([CI]);
    expect(lock.principals).toEqual(DONE.lock.principals);
  });

  test("is confirmed anew when it came back to accounts.json", () => {
    const { lock, confirmed } = confirm(
      withPrincipal({ absent: true }),
      outputsOf(DONE, ["shared"]),
    );

    expect(confirmed).toEqual([CI]);
    expect(lock.principals).toEqual(DONE.lock.principals);
  });

  test("is not touched when the outputs of its stack are not given", () => {
    expect(confirm(DONE, outputsOf(DONE, ["client"])).lock).toEqual(DONE.lock);
    expect(confirm(DONE, new Map()).lock).toEqual(DONE.lock);
  });

  test("is not confirmed when no role trusts it", () => {
    const model = modelOf({});
    const outputs = { trustedPrincipals: { [CI]: uniqueId(CI) }, trusts: {} };

    expect(confirm(model, new Map([["shared", outputs]])).lock.principals).toEqual({});
  });

  test("is not confirmed by the outputs of another stack", () => {
    const outputs = { trustedPrincipals: { [CI]: uniqueId(CI) }, trusts: {} };

    expect(confirm(FIRST, new Map([["client", outputs]])).confirmed).toEqual([]);
  });
});

describe("a principal that was made again", () => {
  const recreated = {
    arn: CI,
    was: uniqueId(CI),
    now: uniqueId(CI, 2),
    trustedBy: ["client"],
  };

  test("is told with the stacks that trust it, and not recorded unless that is accepted", () => {
    const confirmation = confirm(DONE, outputsOf(DONE, ["shared"], [CI]));

    expect(confirmation.recreated).toEqual([recreated]);
    expect(confirmation.confirmed).toEqual([]);
    expect(confirmation.lock).toEqual(DONE.lock);
  });

  test("is recorded with the new time when it is accepted", () => {
    const { lock, recreated: told } = confirm(DONE, outputsOf(DONE, ["shared"], [CI]), {
      acceptRecreated: true,
    });

    expect(told).toEqual([recreated]);
    expect(lock.principals).toEqual({ [CI]: { uniqueId: uniqueId(CI, 2), confirmedAt: LATER } });
  });

  test("does not keep what else the outputs say from being recorded", () => {
    const model = modelWithLock(DONE, { ...DONE.lock, applied: {} });
    const { lock, applied } = confirm(model, outputsOf(DONE, ["shared", "client"], [CI]));

    expect(applied).toEqual([APP]);
    expect(lock.applied).toEqual(DONE.lock.applied);
    expect(lock.principals).toEqual(DONE.lock.principals);
  });
});

describe("a principal that is gone", () => {
  test("from its stack's outputs is told, and stays confirmed", () => {
    const outputs = new Map([["shared", { trustedPrincipals: {}, trusts: {} }]]);
    const { lock, missing } = confirm(DONE, outputs);

    expect(missing).toEqual([CI]);
    expect(lock.principals).toEqual(DONE.lock.principals);
  });

  test("that was never confirmed is not told as missing", () => {
    const outputs = new Map([["shared", { trustedPrincipals: {}, trusts: {} }]]);

    expect(confirm(FIRST, outputs).missing).toEqual([]);
  });

  test("from accounts.json is marked as absent", () => {
    const model = modelWithLock(modelOf({}), DONE.lock);
    const { lock, absent } = confirm(model, new Map());

    expect(absent).toEqual([CI]);
    expect(lock.principals).toEqual({ [CI]: { ...DONE.lock.principals[CI], absent: true } });
  });

  test("from accounts.json is dropped by pruning, with what it was applied to", () => {
    const model = modelWithLock(modelOf({ roles: { ci: ROLE_CI } }), DONE.lock);

    expect(pruneLock(model, DONE.lock)).toEqual({
      principals: {},
      applied: {},
      stacks: DONE.lock.stacks,
      terms: { [CI]: DONE.lock.terms?.[CI] },
    });
  });

  test("and came back is dropped by pruning, to start over", () => {
    const lock: Lock = withPrincipal({ absent: true }).lock;

    expect(pruneLock(DONE, lock).principals).toEqual({});
  });
});

describe("what a revocation wrote", () => {
  const SEALED: Lock = {
    ...DONE.lock,
    revoked: { [APP]: { principals: [CI], at: NOW, reaches: [], sealsLeft: 1 } },
    sealed: { [APP]: { before: NOW, until: LATER } },
  };

  test("stays when stacks are confirmed", () => {
    const model = modelWithLock(DONE, SEALED);
    expect(confirm(model, outputsOf(model, ["shared", "client"])).lock).toMatchObject({
      revoked: SEALED.revoked,
      sealed: SEALED.sealed,
    });
  });

  test("awaits outputs of the role's stack that tell what it trusts", () => {
    const unconfirmed = { [APP]: { ...SEALED.revoked?.[APP], unconfirmed: true } };
    const model = modelWithLock(DONE, { ...SEALED, revoked: unconfirmed } as Lock);
    const revokedBy = (outputs: ReadonlyMap<string, StackOutputs>) =>
      confirm(model, outputs).lock.revoked;
    const outputs = outputsOf(model, ["shared", "client"]);
    const [client] = ["client"].flatMap((stack) => outputs.get(stack) ?? []);
    expect(revokedBy(outputsOf(model, ["shared"]))).toEqual(unconfirmed);
    expect(revokedBy(new Map([["client", { ...client, trustTerms: undefined }]]))).toEqual(
      unconfirmed,
    );
    expect(revokedBy(outputs)).toEqual(SEALED.revoked);
  });

  test("awaits them anew where more is revoked", () => {
    const again = { principals: [CI], at: LATER, reaches: [], sealsLeft: 1, unconfirmed: true };
    expect(recordRevocation(SEALED, APP, again as Revocation).revoked).toEqual({ [APP]: again });
  });

  test("counts as deployed until then, in an account that accounts.json has", () => {
    const gone = APP.replace("111122223333", "900000000001");
    const revocation = { principals: ["x"], at: NOW, reaches: [], sealsLeft: 1, unconfirmed: true };
    const revoked = { [APP]: revocation, [gone]: revocation } as Lock["revoked"];
    const removed = removedTrusts(modelWithLock(DONE, { ...DONE.lock, revoked }));
    expect(removed).toEqual([{ trustingArn: APP, key: "x", stack: "client" }]);
  });

  test("stays when the lock is pruned, but not the seal of a role that is gone", () => {
    expect(pruneLock(DONE, SEALED)).toMatchObject({
      revoked: SEALED.revoked,
      sealed: SEALED.sealed,
    });
    expect(pruneLock({ ...DONE, roles: [] }, SEALED).sealed).toEqual({});
  });
});

const ROLE_CI = { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] };

describe("applied trusts", () => {
  test("are recorded from the trusting stack's outputs", () => {
    const { lock, applied } = deployAndConfirm(FIRST, ["client"]);

    expect(applied).toEqual([APP]);
    expect(lock.applied).toEqual({ [APP]: { [CI]: "account" } });
  });

  test("are not told as changed when they are the same in another order", () => {
    const a = { [CI]: "account", [`${CI}2`]: "account" };
    const b = { [`${CI}2`]: "account", [CI]: "account" };
    const model = modelWithLock(FIRST, { ...FIRST.lock, applied: { [APP]: a } });
    const outputs = new Map([["client", { trustedPrincipals: {}, trusts: { [APP]: b } }]]);

    expect(confirm(model, outputs).applied).toEqual([]);
  });

  test("are forgotten when their stack no longer has them", () => {
    const outputs = new Map([["client", { trustedPrincipals: {}, trusts: {} }]]);
    const { lock, applied } = confirm(DONE, outputs);

    expect(applied).toEqual([APP]);
    expect(lock.applied).toEqual({});
  });

  test("stay as they are recorded when their stack's outputs are not given", () => {
    expect(confirm(DONE, outputsOf(DONE, ["shared"])).lock.applied).toEqual(DONE.lock.applied);
  });
});

test("a stack tells the terms of its own account alone", () => {
  const { trustTerms } = outputsOf(DONE, ["client"]).get("client") ?? {};
  const outputs = new Map([["shared", { trustedPrincipals: {}, trusts: {}, trustTerms }]]);
  const { terms } = confirm(FIRST, outputs).lock;

  expect(Object.keys(trustTerms ?? {})).toContain(APP);
  expect(Object.keys(terms ?? {})).not.toContain(APP);
});

test("stacks of other projects are not recorded", () => {
  const outputs = new Map([["elsewhere", { trustedPrincipals: {}, trusts: {} }]]);

  expect(confirm(FIRST, outputs).lock.stacks).toEqual({});
});

test("pruning drops stacks that accounts.json no longer has", () => {
  const lock = { ...DONE.lock, stacks: { ...DONE.lock.stacks, gone: "100000000009" } };

  expect(pruneLock(DONE, lock)).toEqual(DONE.lock);
});

test("confirming the same outputs twice changes nothing the second time", () => {
  const stacks = fc.subarray(["client", "shared", "root"]);
  fc.assert(
    fc.property(stacks, stacks, fc.boolean(), (first, second, isRecreated) => {
      const start = modelWithLock(FIRST, deployAndConfirm(FIRST, first).lock);
      const outputs = outputsOf(start, second, isRecreated ? [CI] : []);
      const once = confirm(start, outputs, { acceptRecreated: true }).lock;
      const again = confirm(modelWithLock(start, once), outputs, { acceptRecreated: true });

      expect(again.lock).toEqual(once);
      expect([again.confirmed, again.recreated, again.applied]).toEqual([[], [], []]);
    }),
  );
});
