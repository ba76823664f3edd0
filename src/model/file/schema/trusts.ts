import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { limits } from "./limits";
import { closed, notes, path, selector, text } from "./text";

const within = z
  .union([selector, z.array(selector).min(1)])
  .optional()
  .describe("Only in these of the role's accounts");

/** The name of a principal: a wildcard in a principal would let strangers in. */
export function principalName(what: "role" | "user" | "group") {
  const longest = what === "group" ? 128 : 64;
  return text(
    new RegExp(`^[\\w+=,.@-]{1,${longest}}$`),
    `the name of one ${what}, without wildcards, of at most ${longest} characters`,
    `name the ${what}; a selector stands under account`,
  );
}

/** IAM Identity Center's names of permission sets. */
export const permissionSetName = text(
  /^[\w+=,.@-]{1,32}$/,
  "the name of a permission set: 1 to 32 letters, digits and _+=,.@- (Identity Center's limit)",
  "write the permission set's name, not that of its AWSReservedSSO role",
);

/** The accounts whose principals are meant. */
export const accountSelector = selector.refine(
  (written) => written === "*" || !/[*?]/.test(written),
  {
    error: expecting(
      "an account name, tag:key=value, ou:path, or * alone",
      "name the accounts: wildcards match no part of a name",
    ),
  },
);

/** What becomes of a staged principal once it is confirmed. */
export const tighten = z.enum(["role", "unique-id", "principal-arn", "never"]).optional();

const accountTrust = closed({
  account: accountSelector,
  role: principalName("role").optional().describe("A key of roles; in an external account, a name"),
  group: principalName("group").optional(),
  user: principalName("user").optional(),
  permissionSet: permissionSetName
    .optional()
    .describe("An Identity Center permission set: whoever signs in to the account with it"),
  path: path.optional().describe("Of a role or user in an external account"),
  externalId: text(
    /^[\w+=,.@:\/-]{2,1224}$/,
    "an external ID of 2 to 1,224 letters, digits and _+=,.@:/-",
    "agree on another one",
  ).optional(),
  acceptNoExternalId: z.boolean().optional(),
  mfa: z.boolean().optional().describe("true for groups and users unless false is written"),
  ...limits,
  in: within,
  guard: z.boolean().optional().describe("false: no aws:PrincipalArn guard at stage account"),
  tighten,
  notes,
}).refine(
  ({ role, group, user, permissionSet }) =>
    [role, group, user, permissionSet].filter((one) => one !== undefined).length < 2,
  {
    error: expecting(
      "at most one of role, group, user and permissionSet",
      "write a trust for each",
    ),
  },
);

const serviceTrust = closed({
  service: text(
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/,
    "a service principal such as ec2.amazonaws.com",
    "write the service's name as AWS does",
  ),
  in: within,
  notes,
});

const subject = text(/^\S+( \S+)*$/, "a subject", "copy it from the issuer's documentation");

const oidcTrust = closed({
  oidc: closed({
    issuer: text(
      /^https:\/\/[a-z0-9.-]+(\/[^/?#\s]+)*$/,
      "an https address without a slash at the end, query or fragment",
      "copy the issuer (iss) of the tokens",
    ),
    audience: text(/^[^*?\s]{1,255}$/, "one audience, without wildcards", "write the tokens' aud"),
    subject: z.union([subject, z.array(subject).min(1)], {
      error: expecting("a subject or a list of subjects", "write the tokens' sub"),
    }),
  }),
  in: within,
  notes,
});

/** Whom a role trusts. */
export const trustSchema = z.union([accountTrust, serviceTrust, oidcTrust], {
  error: expecting(
    'a trust such as { "account": "client", "role": "ci" }, { "service": … } or { "oidc": … }',
    "write it in braces",
  ),
});

export type TrustInput = z.infer<typeof trustSchema>;
export type AccountTrustInput = z.infer<typeof accountTrust>;
