import type { AccountLogging } from "../../src/logging/logs";
import { loggingWithKeys } from "../../src/logging/with-keys";
import { logBucket, LOGS } from "./buckets";

const ALIAS = `arn:aws:kms:eu-west-1:${LOGS}:alias/logs`;
const KEY = `arn:aws:kms:eu-west-1:${LOGS}:key/1234abcd`;

const SOURCES = { kind: "organization", organizationId: "o-a1b2c3d4e5" } as const;
const TRAIL = { name: "crosstrust", kind: "account", bucket: "acme-cloudtrail" } as const;
const RECORDING = {
  region: "eu-west-1",
  recorder: "defined",
  bucket: "acme-config",
  includeGlobalResources: true,
} as const;

const HOME: AccountLogging = {
  buckets: [
    logBucket({ service: "cloudtrail", sources: SOURCES, key: { alias: "logs" } }),
    logBucket({ service: "config", sources: SOURCES, key: { alias: "logs" } }),
  ],
  trail: TRAIL,
  config: [RECORDING],
  configServiceLinkedRole: "defined",
};

const MEMBER: AccountLogging = {
  buckets: [],
  trail: TRAIL,
  config: [RECORDING, { region: "us-east-1", recorder: "existing" }],
  configServiceLinkedRole: "defined",
};

test("a confirmed key is named by the trails and recorders of ours in other accounts", () => {
  expect(loggingWithKeys([HOME, MEMBER], { [ALIAS]: KEY })).toEqual([
    {
      ...HOME,
      buckets: HOME.buckets.map((bucket) => ({ ...bucket, key: { alias: "logs", keyArn: KEY } })),
    },
    {
      ...MEMBER,
      trail: { ...TRAIL, keyArn: KEY },
      config: [{ ...RECORDING, keyArn: KEY }, MEMBER.config[1]],
    },
  ]);
});

test.each([
  ["an unconfirmed key", {}],
  ["another key", { [`arn:aws:kms:us-east-1:${LOGS}:alias/logs`]: KEY }],
])("%s is named by nothing", (_, keys) => {
  expect(loggingWithKeys([HOME, MEMBER], keys)).toEqual([HOME, MEMBER]);
});
