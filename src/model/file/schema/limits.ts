import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { isUtcTime } from "../../../trust/utc-time";
import { text } from "./text";

/** One text or a list of them. */
function oneOrSome<T extends z.ZodType<string>>(one: T) {
  return z.union([one, z.array(one).min(1)]);
}

const sourceIdentity = text(
  /^(\*|[\w+=,.@*?${}:-]{2,200})$/,
  "a source identity or a pattern of one: 2 to 64 letters, digits and _+=,.@-",
  "write what callers must set; * stands for any characters",
);

const sessionName = text(
  /^(\*|[\w+=,.@*?${}:-]{2,200})$/,
  "a session name or a pattern of one: 2 to 64 letters, digits and _+=,.@-",
  "write what sessions must be called; * stands for any characters",
);

const TAG_KEY = /^(?!aws:)[\p{L}\p{N}_.:/=+@-]{1,128}$/iu;

const tagKey = text(
  TAG_KEY,
  "the key of a session tag: 1 to 128 letters, digits and _.:/=+@-, not beginning with aws:",
  "correct the key",
);

const tagValue = text(
  /^[\u0020-\u00ff]{0,256}$/,
  "a value of a session tag or a pattern of one: at most 256 characters",
  "shorten it",
);

const address = z
  .string({ error: expecting("an address or range in quotes", "write it like 203.0.113.0/24") })
  .refine(isRange, {
    error: expecting(
      "an IP address or a range in CIDR form",
      "write it like 203.0.113.0/24 or 2001:db8::/32",
    ),
  });

const endpoint = text(
  /^vpce-[0-9a-f]{8,17}$/,
  "the ID of a VPC endpoint, vpce- and hexadecimal digits",
  "copy it",
);

const utcTime = z
  .string({ error: expecting("a UTC time in quotes", "write it like 2027-01-31T00:00:00Z") })
  .refine(isUtcTime, {
    error: expecting("a UTC time that exists", "write it like 2027-01-31T00:00:00Z"),
  });

const conditionText = text(
  /^[\t\n\r\u0020-\u00ff]*$/,
  "text of the characters that IAM takes in a policy: tab, line ends, U+0020 to U+00FF",
  "replace the other characters",
);

const conditionKey = text(
  /^[A-Za-z0-9.\-/_]+:[\w:./=+@-]+$/,
  "a condition key such as aws:PrincipalTag/team",
  "write service:Key",
);

/** What a request must meet besides coming from the right principal. */
export const limits = {
  sourceIdentity: oneOrSome(sourceIdentity)
    .optional()
    .describe("Source identity that callers must set; patterns"),
  sessionTags: z
    .record(tagKey, oneOrSome(tagValue))
    .optional()
    .describe("Session tags that callers must pass, and patterns of their values"),
  sessionName: oneOrSome(sessionName).optional().describe("What sessions must be called; patterns"),
  sourceIp: oneOrSome(address).optional().describe("Addresses or ranges of callers"),
  sourceVpce: oneOrSome(endpoint).optional().describe("VPC endpoints that requests come through"),
  expires: utcTime.optional().describe("UTC time from which no session begins"),
  conditions: z
    .record(conditionText, z.record(conditionKey, oneOrSome(conditionText)))
    .optional()
    .describe("Further conditions, in IAM's spelling"),
};

function isRange(written: string): boolean {
  const [network, bits, ...rest] = written.split("/");
  const most = isIPv4(network) ? 32 : isIPv6(network) ? 128 : 0;
  if (most === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
