import { z } from "zod";
import { expecting } from "../../../source/zod-problems";
import { statementSchema } from "./statements";
import { closed, notes, selector, text } from "./text";
import { permissionSetName } from "./trusts";

const SESSION = expecting(
  "3600 to 43200 seconds (Identity Center's limits)",
  "write a whole number of seconds within them",
);

const directoryName = (what: string) =>
  text(
    /^\S(.{0,1022}\S)?$/,
    `the name of a ${what} of Identity Center`,
    "write it as Identity Center shows it",
  );

const assignment = closed({
  accounts: z.array(selector).min(1).describe("Accounts to sign in to"),
  except: z.array(selector).optional().describe("Accounts that are taken away from selectors"),
  groups: z.array(directoryName("group")).min(1).optional().describe("Display names"),
  users: z.array(directoryName("user")).min(1).optional().describe("User names"),
  notes,
}).refine(({ groups, users }) => groups !== undefined || users !== undefined, {
  error: expecting("groups or users", "say who gets the permission set"),
});

/** A permission set of Identity Center: what it may do, and who gets it in which accounts. */
export const permissionSetSchema = closed({
  existing: z.boolean().optional().describe("Made elsewhere: only trusted here"),
  description: text(
    /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]{1,700}$/,
    "a description of 1 to 700 characters up to U+00FF (Identity Center's limit)",
    "shorten it, or replace the other characters",
  ).optional(),
  sessionDuration: z
    .int({ error: SESSION })
    .min(3600, { error: SESSION })
    .max(43200, { error: SESSION })
    .optional()
    .describe("Seconds; an hour by default"),
  managedPolicies: z
    .array(z.string())
    .optional()
    .describe("Names of AWS managed policies, or their ARNs"),
  statements: z.array(statementSchema).optional().describe("Its own permissions, in each account"),
  assignments: z.array(assignment).optional().describe("Who gets it, and in which accounts"),
  notes,
});

/** `permissionSets`, by name. */
export const permissionSetsSchema = z.record(permissionSetName, permissionSetSchema);

export type PermissionSetInput = z.infer<typeof permissionSetSchema>;
