import { KmsGrant } from "@cdktf/provider-aws/lib/kms-grant";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { Extend } from "../../../src/app";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { synthesize } from "../../stacks/organization";
import { sharedOrganization } from "./shared-organization";
import CASES from "./undeclared-resources.cases.json";

const model = sharedOrganization("o-a1b2c3d4e5");

/** What verify says where extensions.ts makes a bucket with this policy. */
function verifiedWith(policy: string) {
  return verifiedWhere(({ stack, account }) => {
    if (account.name !== "third") return;
    const bucket = new S3Bucket(stack, "own", { bucket: "own" });
    new S3BucketPolicy(stack, "own-policy", { bucket: bucket.bucket, policy });
  });
}

function verifiedWhere(extend: Extend) {
  const stacks = new Map(Object.entries(synthesize(model, extend)));
  return verify(model, readEstate(stacks, estateFacts(model)));
}

describe("of a resource that accounts.json does not have, verify finds whom its policy lets in:", () => {
  it.each(CASES)("$name", ({ statements, findings }) => {
    const found = verifiedWith(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
    expect(found.findings.map(({ kind, principal, says }) => [kind, principal, says])).toEqual(
      findings,
    );
    expect(found.findings.every(({ arn }) => arn === "arn:aws:s3:::own")).toBe(true);
    expect(found.findings.every(({ origin }) => origin.stack === "third")).toBe(true);
    expect(found.undecided).toEqual([]);
  });

  it("a policy that cannot be read is undecided", () => {
    const { findings, undecided } = verifiedWith("${data.aws_iam_policy_document.elsewhere.json}");
    expect(findings).toEqual([]);
    expect(undecided.map(({ arn, says }) => [arn, says])).toEqual([
      ["arn:aws:s3:::own", "its policy cannot be read, so that others may use it undeclared"],
    ]);
  });

  it("one of another's account is its owner's", () => {
    const found = verifiedWhere(({ stack, account }) => {
      if (account.name !== "third") return;
      const keyId = "arn:aws:kms:eu-west-1:900000000001:key/0000";
      const granteePrincipal = "arn:aws:iam::777788889999:role/build";
      new KmsGrant(stack, "theirs", { keyId, granteePrincipal, operations: ["Decrypt"] });
    });
    expect(found).toEqual({ findings: [], undecided: [] });
  });
});
