import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { modelOf, synthesize } from "../../stacks/organization";
import { allConfirmed } from "./shared-organization";

const REGIONS = ["eu-west-1", "us-east-1"];

const TYPES = {
  bucket: { type: "s3-bucket", name: "acme-bucket", allow: ["read", "write"] },
  images: {
    type: "ecr-repository",
    allow: ["pull", "push", "lambda"],
    regions: REGIONS,
    replicate: true,
  },
  queue: { type: "sqs-queue", allow: ["send", "receive"] },
  topic: { type: "sns-topic", allow: ["publish", "subscribe"] },
  token: { type: "secret", regions: REGIONS },
  disk: { type: "kms-key", for: "ami" },
  keys: { type: "kms-key", multiRegion: true, regions: REGIONS },
  bus: { type: "event-bus" },
};
const FUNCTION = { mailer: { type: "lambda-function", existing: true } };
const { bucket, queue, topic } = TYPES;
const CI = { account: "user", role: "ci" };

/** Whom everything is shared with. */
const WITH: readonly (readonly [string, readonly unknown[], object])[] = [
  ["whole accounts", ["third", "vendor"], { ...TYPES, ...FUNCTION }],
  ["a role", [CI], { ...TYPES, ...FUNCTION }],
  ["a role and a user", [CI, { account: "user", user: "alice" }], { bucket, queue, topic }],
  ["roles by unique ID", [{ ...CI, tighten: "unique-id" }], TYPES],
  [
    "an external role by unique ID",
    [{ account: "vendor", role: "theirs", tighten: "unique-id" }],
    TYPES,
  ],
  ["a role by its ARN", [{ ...CI, tighten: "principal-arn" }], TYPES],
  ["a role by its account, for good", [{ ...CI, tighten: "never", guard: false }], TYPES],
  [
    "an external role with a path",
    [{ account: "vendor", role: "theirs", path: "/x/" }],
    { ...TYPES, ...FUNCTION },
  ],
  ["a role of the owner's too", [{ account: "owner", role: "own" }, CI], { ...TYPES, ...FUNCTION }],
];

function modelWith(people: readonly unknown[], types: object, organizationId?: string): Model {
  const sharing = Object.entries(types).map(([key, entry]) => [
    key,
    { ...(entry as object), account: "owner", with: people },
  ]);
  return modelOf({
    settings: {
      ...(organizationId !== undefined && { organizationId }),
      region: "eu-west-1",
      bootstrap: { deployer: { account: "owner", role: "deployer" } },
    },
    accounts: {
      owner: { id: "111122223333" },
      user: { id: "444455556666" },
      third: { id: "777788889999" },
      vendor: { id: "900000000001", external: true },
    },
    identities: { user: { users: { alice: {} } } },
    roles: {
      deployer: { accounts: ["owner"], trusts: [{ service: "codebuild.amazonaws.com" }] },
      ci: { accounts: ["user"], trusts: [{ service: "ec2.amazonaws.com" }] },
      own: { accounts: ["owner"], trusts: [{ service: "ec2.amazonaws.com" }] },
    },
    sharing: Object.fromEntries(sharing) as object,
  });
}

function verified(model: Model) {
  return verify(model, readEstate(new Map(Object.entries(synthesize(model))), estateFacts(model)));
}

const NOTHING = { findings: [], undecided: [] };

describe("verify finds nothing in what the project itself synthesizes of resources shared with", () => {
  it.each(WITH)("%s", (_, people, types) => {
    const model = modelWith(people, types, "o-a1b2c3d4e5");
    expect(verified(model)).toEqual(NOTHING);
    expect(verified(allConfirmed(model))).toEqual(NOTHING);
    expect(verified(modelWith(people, types))).toEqual(NOTHING);
  });

  it("others too, by statements that are kept", () => {
    const model = modelWith([CI], { queue }, "o-a1b2c3d4e5");
    const keep = [
      {
        Effect: "Allow" as const,
        Principal: { AWS: ["999999999999", "arn:aws:iam::777788889999:role/kept"] },
        Action: "sqs:*",
        Resource: "arn:aws:sqs:eu-west-1:111122223333:queue",
      },
    ];
    const sharing = model.sharing.map((entry) =>
      entry.key === "queue" ? { ...entry, resource: { ...entry.resource, keep } } : entry,
    );
    expect(verified({ ...model, sharing })).toEqual(NOTHING);
    const kinds = verify(
      model,
      readEstate(new Map(Object.entries(synthesize({ ...model, sharing }))), estateFacts(model)),
    ).findings.map(({ kind, principal }) => [kind, principal]);
    expect(kinds).toEqual([
      ["not declared", "arn:aws:iam::777788889999:role/kept"],
      ["not declared", "arn:aws:iam::999999999999:root"],
    ]);
  });
});

it("verify finds nothing where one trail of the organization logs", () => {
  const model = modelOf({
    settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
    accounts: {
      root: { id: "100000000001", management: true },
      logs: { id: "111122223333" },
      user: { id: "444455556666" },
    },
    logs: {
      account: "logs",
      key: { alias: "logs" },
      cloudtrail: { bucket: "acme-cloudtrail", organizationTrail: true },
      config: { bucket: "acme-config" },
    },
  });
  expect(verified(model)).toEqual(NOTHING);
  expect(verified(allConfirmed(model))).toEqual(NOTHING);
});
