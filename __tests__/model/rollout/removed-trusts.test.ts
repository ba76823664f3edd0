import type { Model } from "../../../src/model/model";
import { wideningTrusts } from "../../../src/model/rollout/check-widening";
import { nextSteps } from "../../../src/model/rollout/next-steps";
import { removedTrusts } from "../../../src/model/rollout/removed-trusts";
import { termsDiffer, trackTrusts } from "../../../src/model/rollout/trust-progress";
import { trustings } from "../../../src/model/rollout/trusting";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { pruneLock } from "../../../src/model/rollout/confirmation";
import { reopenPrincipal } from "../../../src/trust/lock-changes";
import { afterNextSteps, modelOf, rolledOut } from "../deployed";
import { printed } from "../folder";

const SERVICE = [{ service: "ecs-tasks.amazonaws.com" }];
const CI = { accounts: ["shared"], trusts: SERVICE };
const CD = { accounts: ["shared"], trusts: SERVICE };
const IN_CI = { account: "shared", role: "ci" };
const IN_CD = { account: "shared", role: "cd" };
const CD_ARN = "arn:aws:iam::444455556666:role/cd";
const IMAGES_ARN = "arn:aws:iam::111122223333:role/images";

function organization(roles: object): Model {
  return modelOf({ roles: { ci: CI, cd: CD, ...roles } });
}

const BEFORE = rolledOut(
  organization({ images: { accounts: ["client"], trusts: [IN_CI, IN_CD] } }),
);

/** Changed files over the lock of the organization as it is deployed. */
function changed(roles: object): Model {
  return modelWithLock(organization(roles), BEFORE.lock);
}

function imagesTrusts(...trusts: readonly object[]): Model {
  return changed({ images: { accounts: ["client"], trusts } });
}

function dueStacks(model: Model): readonly string[] {
  return nextSteps(model).flatMap(({ stacks }) => stacks);
}

test("nothing is removed or due while the files stay as they are deployed", () => {
  expect(removedTrusts(BEFORE)).toEqual([]);
  expect(dueStacks(BEFORE)).toEqual([]);
});

test("a trust that was taken out is due, with its other half, until its stack is deployed", () => {
  const model = imagesTrusts(IN_CI);

  expect(removedTrusts(model)).toEqual([{ trustingArn: IMAGES_ARN, key: CD_ARN, stack: "client" }]);
  expect(dueStacks(model)).toEqual(["client", "shared"]);
  expect(dueStacks(afterNextSteps(model))).toEqual([]);
});

test("a role that was taken out is due until its stack is deployed", () => {
  const model = changed({});

  expect(removedTrusts(model).map(({ stack }) => stack)).toEqual(["client", "client"]);
  expect(dueStacks(model)).toContain("client");
  expect(removedTrusts(afterNextSteps(model))).toEqual([]);
});

test("what was removed outside of Crosstrust is forgotten by a prune", () => {
  const model = changed({});

  expect(removedTrusts(modelWithLock(model, pruneLock(model, model.lock)))).toEqual([]);
});

test("a condition that was added is due, although the stage stays", () => {
  const model = imagesTrusts(IN_CI, { ...IN_CD, externalId: "agreed" });

  expect(trackTrusts(model).map(({ progress }) => progress)).toEqual(["done", "due"]);
  expect(dueStacks(model)).toEqual(["client"]);
  expect(trackTrusts(afterNextSteps(model)).map(({ progress }) => progress)).toEqual([
    "done",
    "done",
  ]);
});

test("another end of a trust is due, although the unique ID stays", () => {
  const model = imagesTrusts(IN_CI, { ...IN_CD, tighten: "unique-id" });

  expect(trackTrusts(model)[1].progress).toBe("due");
});

test("a new role that trusts no role is due in a stack that is deployed", () => {
  const model = changed({
    images: { accounts: ["client"], trusts: [IN_CI, IN_CD] },
    open: { accounts: ["client"], trusts: [{ account: "shared" }] },
  });
  const open = trustings(model).find(({ label }) => label === "client/open");

  expect(open && termsDiffer(model, open, "account 444455556666")).toBe(true);
  expect(dueStacks(model)).toEqual(["client"]);
  expect(dueStacks(afterNextSteps(model))).toEqual([]);
});

describe("going back to the account without reopen is a warning", () => {
  test("where tighten was changed", () => {
    const model = imagesTrusts(IN_CI, { ...IN_CD, tighten: "never", guard: false });

    expect(printed(wideningTrusts(model))).toEqual([
      expect.stringMatching(
        /roles\.images: expected .*images to stay tightened to .*role\/cd, as it is deployed, found that deploying client takes it back to the account: it would let in all of arn:aws:iam::444455556666:root/,
      ),
    ]);
  });

  test("where the lock lost an entry", () => {
    const { [CD_ARN]: lost, ...principals } = BEFORE.lock.principals;
    const model = modelWithLock(BEFORE, { ...BEFORE.lock, principals });

    expect(lost).toBeDefined();
    expect(wideningTrusts(model)).toHaveLength(1);
  });

  test("not where the account was reopened, nor where nothing is tightened yet", () => {
    const lock = reopenPrincipal(BEFORE.lock, CD_ARN, "111122223333");

    expect(wideningTrusts(modelWithLock(BEFORE, lock))).toEqual([]);
    expect(
      wideningTrusts(organization({ images: { accounts: ["client"], trusts: [IN_CD] } })),
    ).toEqual([]);
  });
});
