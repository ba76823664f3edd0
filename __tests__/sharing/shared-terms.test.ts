import { sharedArn } from "../../src/sharing/shared-arn";
import { sharedApplied, sharedTerms, sharedTrusts } from "../../src/sharing/shared-terms";
import type { SharedResource } from "../../src/sharing/shared-resource";
import { sharingTrust } from "../trust/trusts";
import { sharedWith, USER } from "./shared-resources";

const CI = `arn:aws:iam::${USER}:role/ci`;
const MAKER = `arn:aws:iam::${USER}:role/crosstrust-execution`;
const UNIQUE_ID = "AROAEXAMPLE0000000001";
const TYPES = Object.values(sharedWith([])).map(({ type }) => type);

const ci = sharingTrust({ kind: "role", principalArn: CI });
const account = sharingTrust({ kind: "account", accountId: "777788889999" });

describe.each(TYPES)("the terms of a %s", (type) => {
  const terms = (change: object = {}) =>
    sharedTerms(sharedWith([{ ...ci, ...change }, account])[type]);

  test("name everybody that it is shared with, to a digest", () => {
    expect(terms()).toEqual({
      [CI]: expect.stringMatching(/^[0-9a-f]{16}$/),
      "account 777788889999": expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test("change for a confirmed role, and for nobody else", () => {
    const [was, is] = [terms(), terms({ uniqueId: UNIQUE_ID })];
    expect(is[CI]).not.toBe(was[CI]);
    expect(is["account 777788889999"]).toBe(was["account 777788889999"]);
  });
});

function amiKey(change: object = {}): SharedResource {
  const maker = sharingTrust({ kind: "role", principalArn: MAKER, ...change });
  const granteeArn = `arn:aws:iam::${USER}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return { ...sharedWith([account])["kms-key"], grants: [{ maker, granteeArn }] };
}

test("a maker of grants has terms of its own, which its confirmation changes", () => {
  expect(Object.keys(sharedTerms(amiKey())).sort()).toEqual([MAKER, "account 777788889999"].sort());
  expect(sharedTerms(amiKey({ uniqueId: UNIQUE_ID }))[MAKER]).not.toBe(
    sharedTerms(amiKey())[MAKER],
  );
  expect(sharedTrusts(amiKey())).toHaveLength(2);
});

test("what is applied is told of roles and users, makers of grants too", () => {
  expect(sharedApplied(amiKey())).toEqual({ [MAKER]: "account" });
  expect(sharedApplied(amiKey({ uniqueId: UNIQUE_ID }))).toEqual({ [MAKER]: UNIQUE_ID });
  expect(sharedApplied(sharedWith([ci, account])["s3-bucket"])).toEqual({ [CI]: "account" });
});

test("a secret's terms change with the policy of its own key", () => {
  const { secret } = sharedWith([ci]);
  const existingKey = { ownership: "existing", keyArn: "arn:aws:kms:eu-west-1:1:key/1" } as const;
  expect(sharedTerms({ ...secret, key: existingKey })).not.toEqual(sharedTerms(secret));
});

test("every type has an ARN before it exists", () => {
  expect(Object.values(sharedWith([])).map(sharedArn)).toEqual([
    "arn:aws:kms:eu-west-1:111122223333:alias/ami",
    "arn:aws:ecr:eu-west-1:111122223333:repository/tools/runner",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:git-token",
    "arn:aws:s3:::acme-artifacts",
    "arn:aws:sns:eu-west-1:111122223333:builds",
    "arn:aws:sqs:eu-west-1:111122223333:jobs",
    "arn:aws:events:eu-west-1:111122223333:event-bus/deploys",
    "arn:aws:lambda:eu-west-1:111122223333:function:resize",
  ]);
});
