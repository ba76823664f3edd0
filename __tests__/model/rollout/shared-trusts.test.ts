import type { Model } from "../../../src/model/model";
import { wideningTrusts } from "../../../src/model/rollout/check-widening";
import { confirmOutputs, pruneLock } from "../../../src/model/rollout/confirmation";
import { nextSteps } from "../../../src/model/rollout/next-steps";
import { removedTrusts } from "../../../src/model/rollout/removed-trusts";
import { renames } from "../../../src/model/rollout/renames";
import { trackTrusts } from "../../../src/model/rollout/trust-progress";
import { trustedPrincipals } from "../../../src/model/rollout/trusted-principals";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { reopenPrincipal } from "../../../src/trust/lock-changes";
import {
  afterNextSteps,
  deployAndConfirm,
  keyArn,
  modelOf,
  NOW,
  outputsOf,
  rolledOut,
} from "../deployed";
import { printed } from "../folder";
import type { Change } from "../organization";

/*
 * Shared resources and logs go through the same rollout as roles.
 */

const APP = "arn:aws:iam::111122223333:role/app";
const TOKEN = "arn:aws:secretsmanager:us-east-1:444455556666:secret:git-token";
const TOKEN_KEY = "arn:aws:kms:us-east-1:444455556666:alias/git-token";
const BUCKET = "arn:aws:s3:::acme-artifacts";

const token = (role: string) => ({
  type: "secret",
  account: "shared",
  name: "git-token",
  with: [{ account: "client", role }],
});
const bucket = { type: "s3-bucket", account: "shared", name: "acme-artifacts", with: ["client"] };
const app = { accounts: ["client"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] };
const ROLES: Change = { roles: { app, app2: app } };

const FIRST = organization({ token: token("app"), bucket });
const DONE = rolledOut(FIRST);

function organization(sharing: object): Model {
  return modelOf({ ...ROLES, sharing });
}

function changed(sharing: object): Model {
  return modelWithLock(organization(sharing), DONE.lock);
}

function dueStacks(model: Model): readonly string[] {
  return nextSteps(model).flatMap(({ stacks }) => stacks);
}

function progress(model: Model): readonly string[] {
  return trackTrusts(model).map(({ trusting, progress: far }) => `${trusting.label} ${far}`);
}

test("a shared secret waits for its principal, is due once it is confirmed, and is done", () => {
  const confirmed = afterNextSteps(FIRST);

  expect(progress(FIRST)).toEqual(["shared/secret git-token waiting"]);
  expect(progress(confirmed)).toEqual(["shared/secret git-token due"]);
  expect(progress(afterNextSteps(confirmed))).toEqual(["shared/secret git-token done"]);
  expect(trustedPrincipals(FIRST).get(APP)).toEqual({ stack: "client", trustedBy: ["shared"] });
  expect(DONE.lock.applied[TOKEN]).toEqual({ [APP]: expect.stringMatching(/^AROA/) });
});

test("a key that is confirmed makes the using stack due, although no trust of its own changed", () => {
  const confirmed = afterNextSteps(FIRST);
  const apart = modelWithLock(confirmed, {
    ...confirmed.lock,
    keys: {},
    applied: DONE.lock.applied,
  });

  expect(confirmed.lock.keys).toEqual({ [TOKEN_KEY]: keyArn(TOKEN_KEY) });
  expect(dueStacks(confirmed)).toContain("client");
  expect(dueStacks(apart)).not.toContain("client");
  expect(dueStacks(DONE)).toEqual([]);
});

test("a key that was made again is recorded, told, and makes the using stack due", () => {
  const other = keyArn(TOKEN_KEY, 2);
  const outputs = new Map(
    [...outputsOf(DONE, ["shared"])].map(([stack, each]) => [
      stack,
      { ...each, sharedKeys: { [TOKEN_KEY]: other, "arn:aws:kms:x:1:alias/other": other } },
    ]),
  );
  const { lock, keys } = confirmOutputs(DONE, outputs, { now: NOW, acceptRecreated: false });

  expect(keys).toEqual([{ aliasArn: TOKEN_KEY, was: keyArn(TOKEN_KEY), now: other }]);
  expect(lock.keys).toEqual({ [TOKEN_KEY]: other });
  expect(dueStacks(modelWithLock(DONE, lock))).toEqual(["client"]);
});

test("a key that its stack no longer has is taken out; one whose stack is not asked stays", () => {
  const gone = new Map(
    [...outputsOf(DONE, ["shared"])].map(([stack, each]) => [stack, { ...each, sharedKeys: {} }]),
  );
  const options = { now: NOW, acceptRecreated: false };

  expect(confirmOutputs(DONE, gone, options).keys).toEqual([
    { aliasArn: TOKEN_KEY, was: keyArn(TOKEN_KEY) },
  ]);
  expect(confirmOutputs(DONE, outputsOf(DONE, ["client"]), options).lock).toEqual(DONE.lock);
});

test("a key of a resource that is gone is dropped by a prune", () => {
  const model = changed({ bucket });

  expect(model.lock.keys).toEqual({ [TOKEN_KEY]: keyArn(TOKEN_KEY) });
  expect(pruneLock(model, model.lock).keys).toEqual({});
  expect(Object.keys(pruneLock(model, model.lock).applied)).not.toContain(TOKEN);
});

test("a principal that is taken out of a sharing is due on both sides", () => {
  const model = changed({ token: token("app2"), bucket });

  expect(
    removedTrusts(model).map(({ trustingArn, key, stack }) => [trustingArn, key, stack]),
  ).toEqual(expect.arrayContaining([[TOKEN, APP, "shared"]]));
  expect(dueStacks(model)).toEqual(expect.arrayContaining(["client", "shared"]));
});

test("a bucket that is taken out is due in its account's stack, although its ARN names no account", () => {
  const model = changed({ token: token("app") });
  const { lock } = deployAndConfirm(model, ["shared"]);

  expect(removedTrusts(model)).toContainEqual({
    trustingArn: BUCKET,
    key: "account 111122223333",
    stack: "shared",
  });
  expect(dueStacks(model)).toEqual(["shared"]);
  expect(Object.keys(lock.terms ?? {})).not.toContain(BUCKET);
  expect(dueStacks(modelWithLock(model, lock))).toEqual([]);
});

test("an account that is added to a sharing makes the owner's stack due, and no other", () => {
  expect(
    dueStacks(changed({ token: token("app"), bucket: { ...bucket, with: ["client", "root"] } })),
  ).toEqual(["shared"]);
});

test("what is allowed makes both sides due", () => {
  const named = { ...bucket, with: [{ account: "client", role: "app" }] };
  const before = rolledOut(organization({ bucket: named }));
  const after = organization({ bucket: { ...named, allow: ["read", "write"] } });

  expect(dueStacks(modelWithLock(after, before.lock))).toEqual(["client", "shared"]);
});

test("going back to the account without reopen is a warning, as it is for roles", () => {
  const { [APP]: lost, ...principals } = DONE.lock.principals;
  const model = modelWithLock(DONE, { ...DONE.lock, principals });

  expect(lost).toBeDefined();
  expect(printed(wideningTrusts(model))).toEqual([
    expect.stringMatching(/ sharing\.token: expected .*secret:git-token to stay tightened to /),
  ]);
  const reopened = reopenPrincipal(DONE.lock, APP, "444455556666");
  expect(wideningTrusts(modelWithLock(DONE, reopened))).toEqual([]);
  expect(dueStacks(modelWithLock(DONE, reopened))).toContain("shared");
});

test("a function that loses the confirmation of a role lets nobody in, which the warning says", () => {
  const resize = {
    type: "lambda-function",
    account: "shared",
    existing: true,
    with: [{ account: "client", role: "app" }],
  };
  const done = rolledOut(organization({ resize }));
  const model = modelWithLock(done, { ...done.lock, principals: {} });

  expect(printed(wideningTrusts(model))).toEqual([
    expect.stringMatching(/ it would let in nobody: a function takes no guard, do: /),
  ]);
});

test("a resource with a new name is told as what it is: destroyed, and made anew", () => {
  const model = changed({ token: { ...token("app"), name: "git-tokens" }, bucket });

  expect(printed(renames(model))).toEqual([
    expect.stringMatching(
      /warning: .* sharing\.token: expected .*secret:git-token, which is deployed, found .*secret:git-tokens in its place: if that is a rename, deploying shared destroys the old one/,
    ),
  ]);
});
