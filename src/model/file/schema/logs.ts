import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { NAME, bucketName, closed, keyAlias, notes, region, selector, text } from "./text";

const bucket = bucketName.describe("Name of the bucket, which the logs account's stack defines");

const days = z.int().min(1).max(36_500);

const retention = {
  expireAfterDays: days.optional().describe("Days until objects expire; they stay by default"),
  archiveAfterDays: days.optional().describe("Days until objects move to Glacier"),
};

const cloudtrail = closed({
  bucket,
  trailName: text(
    /^(?=.{3,128}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/,
    "a trail name of 3 to 128 letters, digits and single . _ - between them",
    "correct the name",
  )
    .optional()
    .describe("Name of every trail; crosstrust"),
  organizationTrail: z
    .boolean()
    .optional()
    .describe("true: one trail of the management account for the whole organization"),
  ...retention,
  objectLock: closed({
    mode: z.enum(["governance", "compliance"]),
    days,
  })
    .optional()
    .describe("compliance: keeps objects even from the logs account's own administrators"),
  notes,
});

const config = closed({
  bucket: bucket.optional().describe("May be left out where existing names every account"),
  aggregator: z
    .boolean()
    .optional()
    .describe("true: an aggregator in the logs account, authorized by every other"),
  existing: z
    .array(selector)
    .optional()
    .describe("Accounts that have a recorder already: only the authorization is defined"),
  ...retention,
  objectLock: z
    .never({
      error: expecting(
        "none: AWS Config does not deliver to a bucket with object lock",
        "take it out; versions of objects are kept all the same",
      ),
    })
    .optional(),
  notes,
});

/** `logs` of the accounts file. */
export const logsSchema = closed({
  account: text(NAME, "the name of an account", "name the logs account").describe(
    "The logs account",
  ),
  except: z.array(selector).optional().describe("Accounts without a trail and Config"),
  key: closed({
    alias: keyAlias,
    notes,
  })
    .optional()
    .describe("A customer managed key for both buckets"),
  regions: z
    .array(region)
    .min(1)
    .optional()
    .describe("Where Config records; each account's own Region by default"),
  cloudtrail: cloudtrail.optional(),
  config: config.optional(),
  notes,
});

export type LogsInput = z.infer<typeof logsSchema>;
