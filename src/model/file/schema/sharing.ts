import { z } from "zod";
import { remedyNear } from "../../../source/closest";
import { expecting } from "../../../source/zod-problems";
import { sharedNames } from "./shared-names";
import { sharedWith } from "./shared-with";
import { silence } from "./silence";
import { NAME, closed, keyAlias, notes, region, selector, text } from "./text";

const common = {
  account: text(NAME, "the name of one account", "name the account that owns it"),
  with: z
    .array(sharedWith)
    .min(1, { error: expecting("at least one account or principal", "say who may use it") })
    .describe("Accounts and principals that may use it"),
  except: z.array(selector).optional().describe("Accounts that are taken away from selectors"),
  region: region.optional().describe("The account's by default"),
  regions: z
    .array(region)
    .min(1)
    .optional()
    .describe("One resource in each; the first is the primary one"),
  existing: z.boolean().optional().describe("Is there already: only its policy is ours"),
  arn: text(/^arn:aws[a-z-]*:[a-z0-9]+:[a-z0-9-]*:\d*:.+$/, "an ARN", "copy it")
    .optional()
    .describe("Of an existing resource"),
  keep: z
    .string()
    .min(1)
    .optional()
    .describe("File with the statements of others, which stay in an existing resource's policy"),
  silence,
  notes,
};

/** One of some words, or a list of them. */
function oneOrSome<const T extends readonly [string, ...string[]]>(words: T) {
  const shown = words.map((word) => JSON.stringify(word)).join(", ");
  const error = ({ input }: { readonly input?: unknown }): string => {
    const wrong = [input].flat().find((each) => !words.some((word) => word === each));
    return expecting(
      `${shown}, or a list of them`,
      remedyNear(wrong, words, "say what is allowed"),
    );
  };
  const word = z.enum(words, { error });
  return z.union([word, z.array(word).min(1, { error })], { error });
}

/** Days between the order to delete a key or a secret and its deletion: 7 to 30 (AWS's limits). */
const waitingPeriod = z
  .int({ error: expecting("7 to 30 days (AWS's limits)", "write a whole number of days") })
  .min(7, { error: expecting("7 to 30 days (AWS's limits)", "write a whole number of days") })
  .max(30, { error: expecting("7 to 30 days (AWS's limits)", "write a whole number of days") })
  .optional()
  .describe("Days until it is deleted after it was taken out; 30");

const count = z.int().min(1).optional();

const kmsKey = closed({
  type: z.literal("kms-key"),
  ...common,
  alias: sharedNames["kms-key"].optional().describe("The entry's key by default"),
  for: z
    .literal("ami", { error: expecting('"ami"', "take it out, or write it so") })
    .optional()
    .describe("Grants to each account's Auto Scaling, for encrypted images"),
  multiRegion: z
    .boolean()
    .optional()
    .describe("One multi-Region key; the first of regions holds it"),
  rotation: z.boolean().optional().describe("Yearly; true"),
  deletionWindow: waitingPeriod,
});

const ecrRepository = closed({
  type: z.literal("ecr-repository"),
  ...common,
  name: sharedNames["ecr-repository"].optional().describe("The entry's key by default"),
  allow: oneOrSome(["pull", "push", "lambda"]).optional().describe("pull by default"),
  scanOnPush: z.boolean().optional().describe("true by default"),
  immutableTags: z.boolean().optional().describe("true by default"),
  lifecycle: closed({
    keepImages: count.describe("Images beyond so many expire"),
    untaggedDays: count.describe("Untagged images expire after so many days"),
  }).optional(),
  replicate: z.boolean().optional().describe("ECR copies images from the first of regions"),
});

const secret = closed({
  type: z.literal("secret"),
  ...common,
  name: sharedNames.secret.optional().describe("The entry's key by default"),
  alias: keyAlias.optional().describe("Of the secret's key; its name by default"),
  key: text(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    "the ARN of a customer managed key, not of an alias (a key of AWS's own cannot be shared)",
    "write it like arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
  )
    .optional()
    .describe("An existing key, instead of one defined here"),
  recoveryWindow: waitingPeriod,
});

const bucket = closed({
  type: z.literal("s3-bucket"),
  ...common,
  name: sharedNames["s3-bucket"].optional().describe("The entry's key by default"),
  allow: oneOrSome(["read", "write"]).optional().describe("read by default"),
  prefix: text(
    /^[\w!.'()=+@:,-]+(\/[\w!.'()=+@:,-]+)*\/?$/,
    "a prefix of S3 keys, without a / before it and without wildcards",
    "write it like reports/",
  )
    .optional()
    .describe("Keys that are shared; all by default"),
});

const topic = closed({
  type: z.literal("sns-topic"),
  ...common,
  name: sharedNames["sns-topic"].optional().describe("The entry's key by default"),
  allow: oneOrSome(["publish", "subscribe"]).optional().describe("publish by default"),
});

const queue = closed({
  type: z.literal("sqs-queue"),
  ...common,
  name: sharedNames["sqs-queue"].optional().describe("The entry's key by default"),
  allow: oneOrSome(["send", "receive"]).optional().describe("send by default"),
});

const eventBus = closed({
  type: z.literal("event-bus"),
  ...common,
  name: sharedNames["event-bus"].optional().describe("The entry's key by default"),
});

const lambdaFunction = closed({
  type: z.literal("lambda-function"),
  ...common,
  name: sharedNames["lambda-function"].optional().describe("The entry's key by default"),
});

const TYPES = Object.keys(sharedNames);

/** Of a `type` that there is none of. */
function unknownType(input: unknown): string {
  const type: unknown =
    typeof input === "object" && input !== null ? Reflect.get(input, "type") : undefined;
  const shown = TYPES.map((each) => JSON.stringify(each)).join(", ");
  return expecting(`a "type", one of ${shown}`, remedyNear(type, TYPES, "write what is shared"));
}

/** A resource of one account that principals of others may use. */
export const sharingSchema = z.discriminatedUnion(
  "type",
  [kmsKey, ecrRepository, secret, bucket, topic, queue, eventBus, lambdaFunction],
  {
    error: ({ code, input }) => (code === "invalid_union" ? unknownType(input) : undefined),
  },
);

export type SharingInput = z.infer<typeof sharingSchema>;
