import { logBucketPolicy } from "../../src/logging/log-bucket-policy";
import { logCapacities } from "../../src/logging/log-capacity";
import { logKeyPolicy } from "../../src/logging/log-key-policy";
import type { LogBucket } from "../../src/logging/logs";
import { listingBucket, logBucket } from "./buckets";

const KEY = { key: { alias: "logs" } };

function sizeOf(policy: unknown): number {
  return Buffer.byteLength(JSON.stringify(policy));
}

function fitOf(buckets: readonly LogBucket[], policy: string): number {
  return logCapacities(buckets).find((each) => each.policy === policy)?.fit ?? NaN;
}

describe.each(["cloudtrail", "config"] as const)("the bucket of %s", (service) => {
  const NAME = `the policy of bucket acme-${service}`;
  const fit = fitOf([listingBucket(service, 3)], NAME);

  test("takes as many accounts as fit into 20,480 bytes, and no one more", () => {
    expect(sizeOf(logBucketPolicy(listingBucket(service, fit)))).toBeLessThanOrEqual(20_480);
    expect(sizeOf(logBucketPolicy(listingBucket(service, fit + 1)))).toBeGreaterThan(20_480);
  });

  test.each([1, 2, fit - 1, fit, fit + 1, fit + 700])("has the same room from %i on", (count) => {
    expect(fitOf([listingBucket(service, count)], NAME)).toBe(fit);
  });
});

describe("the key", () => {
  const NAME = "the policy of the logs' key";
  const both = (trails: number, config: number) => [
    listingBucket("cloudtrail", trails, KEY),
    listingBucket("config", config, KEY),
  ];

  test("takes as many accounts as fit into 32,768 bytes, and no one more", () => {
    const fit = fitOf(both(3, 3), NAME);
    expect(sizeOf(logKeyPolicy(both(fit, fit)))).toBeLessThanOrEqual(32_768);
    expect(sizeOf(logKeyPolicy(both(fit + 1, fit + 1)))).toBeGreaterThan(32_768);
  });

  test("with two lists counts a new account in both", () => {
    const fit = fitOf(both(40, 30), NAME);
    expect(sizeOf(logKeyPolicy(both(fit, fit - 10)))).toBeLessThanOrEqual(32_768);
    expect(sizeOf(logKeyPolicy(both(fit + 1, fit - 9)))).toBeGreaterThan(32_768);
  });

  test("is not counted where no bucket has it", () => {
    expect(logCapacities([listingBucket("config", 3)]).map(({ policy }) => policy)).toEqual([
      "the policy of bucket acme-config",
    ]);
  });
});

test("by organization nothing is counted: no policy grows", () => {
  const sources = { kind: "organization", organizationId: "o-a1b2c3d4e5" } as const;
  expect(logCapacities([logBucket({ service: "config", sources, ...KEY })])).toEqual([]);
});
