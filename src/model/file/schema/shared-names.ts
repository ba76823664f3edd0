import type { z } from "zod";
import type { SharedType } from "../../../sharing/shared-resource";
import { bucketName, keyAlias, text } from "./text";

/** What AWS takes as the name of a resource of each type; a key is named by its alias. */
export const sharedNames: Readonly<Record<SharedType, z.ZodType<string>>> = {
  "kms-key": keyAlias,
  "ecr-repository": text(
    /^(?=.{2,256}$)([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/,
    "a repository name of 2 to 256 small letters and digits, in parts joined by one of ._-/",
    "correct the name",
  ),
  secret: text(
    /^[\w/+=.@-]{1,512}$/,
    "a secret's name of 1 to 512 letters, digits and /_+=.@-",
    "correct the name",
  ),
  "s3-bucket": bucketName,
  "sns-topic": text(
    /^(?=.{1,256}$)[\w-]+(\.fifo)?$/,
    "a topic name of 1 to 256 letters, digits, _ and -",
    "correct the name",
  ),
  "sqs-queue": text(
    /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
    "a queue name of 1 to 80 letters, digits, _ and -",
    "correct the name",
  ),
  "event-bus": text(
    /^[\w./-]{1,256}$/,
    "an event bus name of 1 to 256 letters, digits and _./-",
    "correct the name",
  ),
  "lambda-function": text(
    /^[\w-]{1,64}$/,
    "a function name of 1 to 64 letters, digits, _ and -",
    "correct the name",
  ),
};
