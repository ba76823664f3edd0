import { readFileSync } from "node:fs";
import { join } from "node:path";
import { logBucketPolicy } from "../../src/logging/log-bucket-policy";
import { logKeyPolicy } from "../../src/logging/log-key-policy";
import type { LogBucket } from "../../src/logging/logs";
import { logBucket } from "./buckets";

type BucketCase = Pick<LogBucket, "service" | "sources">;

const bucketCases: readonly {
  readonly name: string;
  readonly bucket: BucketCase;
  readonly policy: unknown;
}[] = read("log-bucket-policy.cases.json");

const keyCases: readonly {
  readonly name: string;
  readonly buckets: readonly BucketCase[];
  readonly policy: unknown;
}[] = read("log-key-policy.cases.json");

function read(name: string) {
  return JSON.parse(readFileSync(join(__dirname, name), "utf8"));
}

describe("the policy of", () => {
  test.each(bucketCases)("$name", ({ bucket, policy }) => {
    expect(logBucketPolicy(logBucket(bucket))).toEqual(policy);
  });
});

describe("the key policy of", () => {
  test.each(keyCases)("$name", ({ buckets, policy }) => {
    expect(logKeyPolicy(buckets.map(logBucket))).toEqual(policy);
  });
});

describe("in another partition", () => {
  const bucket = logBucket({
    service: "config",
    partition: "aws-us-gov",
    sources: { kind: "organization", organizationId: "o-a1b2c3d4e5" },
  });

  test("every ARN is of it", () => {
    const text = JSON.stringify([logBucketPolicy(bucket), logKeyPolicy([bucket])]);
    expect(text.match(/arn:[^:]*/g)).toEqual(Array(5).fill("arn:aws-us-gov"));
  });
});
