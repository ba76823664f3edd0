import { aggregatorTerms, logTerms } from "../../src/logging/log-terms";
import { aggregatorKey, type ConfigAggregator } from "../../src/logging/logs";
import { listingBucket, logBucket, LOGS } from "./buckets";

const AGGREGATOR: ConfigAggregator = {
  name: "crosstrust",
  partition: "aws",
  accountId: LOGS,
  region: "eu-west-1",
  accountIds: ["444455556666", "777788889999"],
  regions: ["eu-west-1"],
};

describe("the terms of a log bucket", () => {
  const three = logTerms(listingBucket("cloudtrail", 3));

  test("name each account; a further one leaves those of the others as they are", () => {
    const four = logTerms(listingBucket("cloudtrail", 4));
    expect(Object.keys(four)).toEqual([
      "account 200000000000",
      "account 200000000001",
      "account 200000000002",
      "account 200000000003",
    ]);
    expect(four).toMatchObject(three);
  });

  test("change with the key", () => {
    const encrypted = logTerms(listingBucket("cloudtrail", 3, { key: { alias: "logs" } }));
    expect(Object.keys(encrypted)).toEqual(Object.keys(three));
    for (const [whom, digest] of Object.entries(encrypted)) expect(three[whom]).not.toBe(digest);
  });

  test.each([
    { kind: "organization", organizationId: "o-a1b2c3d4e5" } as const,
    {
      kind: "organization-trail",
      organizationId: "o-a1b2c3d4e5",
      accountId: "100000000001",
      trailArn: "arn:aws:cloudtrail:us-east-1:100000000001:trail/crosstrust",
    } as const,
  ])("name the organization for sources of kind $kind", (sources) => {
    expect(Object.keys(logTerms(logBucket({ service: "cloudtrail", sources })))).toEqual([
      "organization o-a1b2c3d4e5",
    ]);
  });
});

describe("the terms of the aggregator", () => {
  test("name each account, and change with the Regions", () => {
    const terms = aggregatorTerms(AGGREGATOR);
    const wider = aggregatorTerms({ ...AGGREGATOR, regions: ["eu-west-1", "us-east-1"] });
    expect(Object.keys(terms)).toEqual(["account 444455556666", "account 777788889999"]);
    expect(Object.keys(wider)).toEqual(Object.keys(terms));
    expect(wider).not.toEqual(terms);
  });

  test("stand under a key like an ARN, by name", () => {
    expect(aggregatorKey(AGGREGATOR)).toBe(
      "arn:aws:config:eu-west-1:111122223333:config-aggregator/crosstrust",
    );
  });
});
