import type { Model } from "../../../src/model/model";
import { trackTrusts, type Progress } from "../../../src/model/rollout/trust-progress";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import type { Lock } from "../../../src/trust/lock";
import { modelOf, NOW, uniqueId } from "../deployed";

const CI = "arn:aws:iam::444455556666:role/ci";
const APP = "arn:aws:iam::111122223333:role/app";

/** Confirmed, applied, and how far that is; `id` stands for the confirmed unique ID. */
type Row = readonly [
  confirmed: boolean,
  applied: "nothing" | "account" | "id" | "old id",
  Progress,
];

function progress(model: Model, [confirmed, applied]: Row): readonly Progress[] {
  const values = { account: "account", id: uniqueId(CI), "old id": uniqueId(CI, 2) };
  const lock: Lock = {
    principals: confirmed ? { [CI]: { uniqueId: uniqueId(CI), confirmedAt: NOW } } : {},
    applied: applied === "nothing" ? {} : { [APP]: { [CI]: values[applied] } },
    stacks: {},
  };
  return trackTrusts(modelWithLock(model, lock)).map((each) => each.progress);
}

describe.each(["role", "unique-id"])("a trust that tightens to %s", (tighten) => {
  const model = modelOf({ trust: { account: "shared", role: "ci", tighten } });

  test.each<Row>([
    [false, "nothing", "waiting"],
    [false, "account", "waiting"],
    [false, "id", "due"],
    [true, "nothing", "due"],
    [true, "account", "due"],
    [true, "old id", "due"],
    [true, "id", "done"],
  ])("confirmed %s, applied %s: %s", (...row) => {
    expect(progress(model, row)).toEqual([row[2]]);
  });
});

describe.each(["principal-arn", "never"])("a trust that says %s", (tighten) => {
  const model = modelOf({ trust: { account: "shared", role: "ci", tighten } });

  test.each<Row>([
    [false, "nothing", "kept"],
    [true, "account", "kept"],
    [true, "id", "due"],
  ])("confirmed %s, applied %s: %s", (...row) => {
    expect(progress(model, row)).toEqual([row[2]]);
  });
});

test("groups, whole accounts, services and OIDC have no progress: they stay as they are", () => {
  const model = modelOf({
    identities: { root: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } } },
    role: {
      trusts: [
        { account: "root", group: "Admins" },
        { account: "shared" },
        { service: "ec2.amazonaws.com" },
        {
          oidc: {
            issuer: "https://app.terraform.io",
            audience: "aws.workload.identity",
            subject: "organization:acme:*",
          },
        },
      ],
    },
  });

  expect(trackTrusts(model)).toEqual([]);
});
