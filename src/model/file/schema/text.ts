import { z } from "zod";
import { expecting, knownKeys } from "../../../source/zod-problems";

/** Text of a form that AWS or the design prescribes. */
export function text(pattern: RegExp, expected: string, remedy: string) {
  const message = expecting(expected, remedy);
  return z.string({ error: message }).regex(pattern, { error: message });
}

/** An object that takes these keys and no others; an unknown one is told with the closest known. */
export function closed<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? knownKeys(Object.keys(shape)) : undefined,
  });
}

/** Names of accounts and keys of roles: they become stack names and parts of messages. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Free text for people; nothing reads it. */
export const notes = z.string().optional().describe("Free text for people");

/** An account selector. */
export const selector = z
  .string({
    error: expecting(
      'a selector such as "client", "tag:env=prod", "ou:workloads" or "*"',
      "write it in quotes",
    ),
  })
  .min(1, { error: expecting("a selector", "write an account name, a tag, an OU or *") })
  .describe("An account name, tag:key=value, ou:path, or *; & joins two");

/**
 * IAM's path: begins and ends with a slash, at most 512 characters. Of the characters that IAM takes,
 * those are refused that mean something else in the policies and trust policies that name the role.
 */
export const path = text(
  /^\/([!#&-)+->@-[\]-~]{1,510}\/)?$/,
  'an IAM path: begins and ends with /, at most 512 printable characters without spaces and * ? $ % " \\',
  'write it like "/team/"',
).describe("IAM path; changing it replaces the role");

/** IAM's role names. */
export const roleName = text(
  /^[\w+=,.@-]{1,64}$/,
  "a role name of 1 to 64 letters, digits and _+=,.@- (IAM's limit)",
  "shorten it, or take the other characters out",
);

/** An organization's ID. */
export const organizationId = text(
  /^o-[a-z0-9]{10,32}$/,
  "an organization ID: o- and 10 to 32 small letters or digits",
  "copy it from AWS Organizations",
);

/** A region's code. */
export const region = text(
  /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/,
  "a region such as eu-west-1",
  "write the region's code",
);

/** The ARN of one IAM role or user. */
export const principalArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
  "the ARN of one IAM role or user, without wildcards",
  "write it like arn:aws:iam::111122223333:role/admin",
);

/** S3's bucket names. */
export const bucketName = text(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "the name of an S3 bucket: 3 to 63 small letters, digits, dots and hyphens",
  "correct the name",
);

/** KMS's alias names, without `alias/`; those of AWS's own keys begin with `aws/`. */
export const keyAlias = text(
  /^(?!aws\/|alias\/)[\w/-]{1,250}$/,
  "an alias of 1 to 250 letters, digits and _/-, without alias/ and not beginning with aws/ (AWS's own keys)",
  "correct it; a key of AWS's own cannot be shared",
);
