import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { confirmed, modelOf, synthesize, uniqueIdOf } from "../../stacks/organization";

const DEPLOYER = "arn:aws:iam::111122223333:role/deployer";
const CI = "arn:aws:iam::444455556666:role/ci";
const PARTNER = "arn:aws:iam::900000000001:role/partner";
const UNKNOWN = "AROAEXAMPLEUNKNOWN00";

const model = confirmed(
  modelOf({
    settings: {
      organizationId: "o-a1b2c3d4e5",
      bootstrap: { deployer: { account: "hub", role: "deployer" } },
    },
    accounts: {
      hub: { id: "111122223333" },
      user: { id: "444455556666" },
      partner: { id: "900000000001", external: true },
    },
    roles: {
      deployer: { accounts: ["hub"], trusts: [{ service: "codebuild.amazonaws.com" }] },
      ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] },
      build: { accounts: ["hub"], trusts: [{ account: "user", role: "ci" }] },
      theirs: {
        accounts: ["hub"],
        trusts: [{ account: "partner", role: "partner", externalId: "agreed-with-partner" }],
      },
    },
    sharing: {
      artifacts: {
        type: "s3-bucket",
        account: "hub",
        name: "acme-artifacts",
        with: [{ account: "user", role: "ci" }],
      },
      jobs: { type: "sqs-queue", account: "hub", with: [{ account: "user", role: "ci" }] },
      disk: { type: "kms-key", account: "hub", with: [{ account: "user", role: "ci" }] },
    },
  }),
  [DEPLOYER, CI, PARTNER],
);

/** What AWS shows once a principal was deleted. */
function withoutPrincipal(of: Model, arn: string, shown: string) {
  const text = JSON.stringify(synthesize(of));
  // Principals alone: permissions and conditions keep the ARN.
  const changed = text.replaceAll(`\\"AWS\\":\\"${arn}\\"`, `\\"AWS\\":\\"${shown}\\"`);
  const stacks = JSON.parse(changed) as ReturnType<typeof synthesize>;
  return readEstate(new Map(Object.entries(stacks)), estateFacts(of));
}

function orphansOf(arn: string, shown = uniqueIdOf(arn)) {
  const { findings } = verify(model, withoutPrincipal(model, arn, shown));
  return findings.filter(({ kind }) => kind === "orphan");
}

describe("a deleted principal is found", () => {
  const orphans = orphansOf(CI);

  it.each([
    ["a trust policy", "arn:aws:iam::111122223333:role/build", "trust policy, statement 0"],
    ["a bucket policy", "arn:aws:s3:::acme-artifacts", "bucket policy, statement 1 (List)"],
    [
      "a queue's policy",
      "arn:aws:sqs:us-east-1:111122223333:jobs",
      "resource policy, statement 0 (Use)",
    ],
    [
      "a key's policy",
      "arn:aws:kms:us-east-1:111122223333:alias/disk",
      "key policy, statement 1 (Use)",
    ],
  ])("in %s", (_, arn, statement) => {
    const [found, ...others] = orphans.filter((finding) => finding.arn === arn);
    expect(others).toEqual([]);
    expect(found.principal).toBe(uniqueIdOf(CI));
    expect(found.statements).toContain(statement);
    expect(found.says).toContain(CI);
  });

  it("nowhere else", () => {
    expect(orphans).toHaveLength(4);
    expect(verify(model, withoutPrincipal(model, CI, CI))).toEqual({ findings: [], undecided: [] });
  });

  it("where a policy denies it, or all but it", () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Principal: { AWS: UNKNOWN }, Action: "sqs:*", Resource: "*" },
        { Effect: "Deny", NotPrincipal: { AWS: [UNKNOWN, CI] }, Action: "sqs:*", Resource: "*" },
      ],
    });
    const stacks = JSON.parse(JSON.stringify(synthesize(model))) as {
      hub: { resource: { aws_sqs_queue: object } };
    };
    Object.assign(stacks.hub.resource.aws_sqs_queue, { own: { name: "own", policy } });
    const estate = readEstate(new Map(Object.entries(stacks)), estateFacts(model));
    expect(verify(model, estate).findings).toEqual([
      expect.objectContaining({
        kind: "orphan",
        arn: "arn:aws:sqs:us-east-1:111122223333:own",
        principal: UNKNOWN,
        statements: ["resource policy, statement 0", "resource policy, statement 1"],
      }),
    ]);
  });
});

describe("what to do about a deleted principal is named:", () => {
  it.each([
    [
      "one of ours: a refresh, confirm and the deploy of the policy",
      CI,
      undefined,
      `npx cdktf deploy user --refresh-only --auto-approve --outputs-file refreshed.json, and npx crosstrust confirm --outputs refreshed.json, which says whether it was made again or is gone; then npx cdktf deploy hub. Where it is gone for good: npx crosstrust reopen --principal ${CI} before that`,
    ],
    [
      "one of others: its owner tells its unique ID",
      PARTNER,
      undefined,
      `ask its owner whether it was made again, and for its unique ID: npx crosstrust confirm --principal ${PARTNER} --unique-id ID --accept-recreated; then npx cdktf deploy hub. Where it is gone for good: npx crosstrust reopen --principal ${PARTNER} before that`,
    ],
    [
      "the deployer: the way back of docs/bootstrap.md",
      DEPLOYER,
      undefined,
      'npx crosstrust reopen --in hub, and go on as docs/bootstrap.md says under "The deployer is lost"',
    ],
    [
      "one that the lock does not know: the deploy of the policy",
      CI,
      UNKNOWN,
      "find out in CloudTrail who it was (DeleteRole, DeleteUser), then npx cdktf deploy hub, which names again whom accounts.json names",
    ],
  ])("%s", (_, arn, shown, remedy) => {
    expect(new Set(orphansOf(arn, shown).map((finding) => finding.remedy))).toContain(remedy);
  });
});
