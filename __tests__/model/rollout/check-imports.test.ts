import { importWarnings } from "../../../src/model/rollout/check-imports";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { deployAndConfirm, modelOf, rolledOut } from "../deployed";

const IMPORTED = { role: { import: true, trusts: [{ account: "shared", role: "ci" }] } };

test("the warning shows the trust policy at the stage at which it would be deployed", () => {
  const first = modelOf(IMPORTED);
  const confirmed = modelWithLock(first, deployAndConfirm(first, ["shared"]).lock);

  expect(importWarnings(first)[0].found).toContain('"AWS":"arn:aws:iam::444455556666:root"');
  expect(importWarnings(confirmed)[0].found).toContain('"AWS":"arn:aws:iam::444455556666:role/ci"');
});

test("there is none once the lock knows that the role's trusts are applied", () => {
  expect(importWarnings(rolledOut(modelOf(IMPORTED)))).toEqual([]);
});
