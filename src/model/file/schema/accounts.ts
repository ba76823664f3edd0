import { z } from "zod";
import {
  MANAGED_POLICIES_PER_IDENTITY,
  MANAGED_POLICIES_PER_ROLE_MAX,
  TRUST_POLICY_SIZE,
  TRUST_POLICY_SIZE_MAX,
} from "../../../iam/quotas";
import { expecting } from "../../../source/zod-problems";
import { silence } from "./silence";
import { closed, notes, organizationId, region, roleName, text } from "./text";

/** An account's ID; empty for a planned account. */
export const accountId = text(
  /^(\d{12})?$/,
  "12 digits in quotes, or an empty text for a planned account",
  "put the whole account ID in quotes: leading zeros count",
).describe("The AWS account ID; empty: planned, listed and not synthesized");

const email = z.string().optional();

const profile = text(
  /^[^\s[\]{}]+$/,
  "a profile name without spaces, brackets and braces",
  "write the name as it stands in ~/.aws/config",
);

/** An account. */
export const accountObjectSchema = closed({
  id: accountId,
  management: z.boolean().optional().describe("The organization's management account"),
  external: z.boolean().optional().describe("Only trusted, never deployed to"),
  email,
  root_user_email: email,
  deploy_order: z.number().optional(),
  ou: text(
    /^\/?[^/&]+(\/[^/&]+)*\/?$/,
    "an OU path such as workloads/prod",
    "correct it",
  ).optional(),
  tags: z.record(z.string(), z.string()).optional().describe("For selectors; not AWS tags"),
  profile: profile.optional().describe("Named profile of the AWS configuration"),
  region: region.optional(),
  accessRole: roleName.optional().describe("By which an administrator first gets in"),
  organization: z
    .union([organizationId, z.literal(false)], {
      error: expecting("an organization ID, or false", "write the ID in quotes, or false"),
    })
    .optional()
    .describe("Of an account of another organization, or of none"),
  bootstrap: z.boolean().optional().describe("Whether the account gets a bootstrap stack"),
  quotas: closed({
    trustPolicy: z.int().min(TRUST_POLICY_SIZE).max(TRUST_POLICY_SIZE_MAX).optional(),
    managedPoliciesPerRole: z
      .int()
      .min(MANAGED_POLICIES_PER_IDENTITY)
      .max(MANAGED_POLICIES_PER_ROLE_MAX)
      .optional(),
  })
    .optional()
    .describe("Account quotas that AWS has raised"),
  existingServiceLinkedRoles: z
    .array(
      z.enum(["autoscaling", "config"], {
        error: expecting('"autoscaling" or "config"', "name a service whose role is there already"),
      }),
    )
    .optional()
    .describe("Services whose service-linked roles are in the account already"),
  onlyPath: z
    .boolean()
    .optional()
    .describe("true: the trusts of this file are the only way into the account"),
  silence,
  notes,
});

/** An account, or its ID alone. */
export const accountSchema = z.union([accountId, accountObjectSchema]);

export type AccountInput = z.infer<typeof accountObjectSchema>;
