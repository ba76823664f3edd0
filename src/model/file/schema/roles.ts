import { z } from "zod";
import { CONSOLE_COLORS, isConsoleColor } from "../../../iam/console-color";
import { expecting } from "../../../source/zod-problems";
import { silence } from "./silence";
import { statementSchema } from "./statements";
import { closed, notes, path, roleName, selector, text } from "./text";
import { trustSchema } from "./trusts";

const SESSION = expecting(
  "3600 to 43200 seconds (IAM's limits)",
  "write a whole number of seconds within them",
);

const COLOR = expecting(
  `a colour: ${CONSOLE_COLORS.join(", ")}, or six hexadecimal digits without #`,
  "write one of these",
);

const consoleSchema = closed({
  displayName: text(
    /^[^\u0000-\u001F\u007F-\u009F\s][^\u0000-\u001F\u007F-\u009F]*$/,
    "a display name in one line, not beginning with a space",
    "write what people are to see in the console's header",
  ).optional(),
  color: z
    .string({ error: COLOR })
    .refine(isConsoleColor, { error: COLOR })
    .optional()
    .describe(`${CONSOLE_COLORS.join(", ")}, or six hexadecimal digits`),
});

/** A role: in which accounts it exists, what it may do, whom it trusts. */
export const roleSchema = closed({
  name: roleName.optional().describe("The key by default; changing it replaces the role"),
  path: path.optional(),
  accounts: z
    .array(selector)
    .min(1, { error: expecting("at least one account or selector", "say where the role exists") })
    .describe("In which accounts it exists"),
  except: z.array(selector).optional().describe("Accounts that are taken away"),
  existing: z.boolean().optional().describe("Not defined by us, only trusted and looked up"),
  import: z.boolean().optional().describe("Exists and is taken over; its trust policy is replaced"),
  description: text(
    /^[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]{0,1000}$/,
    "a description of at most 1,000 characters up to U+00FF (IAM's limit)",
    "shorten it, or replace the other characters",
  ).optional(),
  maxSessionDuration: z
    .int({ error: SESSION })
    .min(3600, { error: SESSION })
    .max(43200, { error: SESSION })
    .optional()
    .describe("Seconds"),
  managedPolicies: z
    .array(z.string())
    .optional()
    .describe("Names of AWS managed policies, or ARNs"),
  permissionsBoundary: z
    .string()
    .optional()
    .describe("Name of an AWS managed policy, or an ARN: the most that the role may do"),
  statements: z
    .array(statementSchema)
    .optional()
    .describe(
      "Its own permissions; ${Partition}, ${Region}, ${AccountId}, ${AccountName} are filled in",
    ),
  trusts: z.array(trustSchema).optional().describe("Who may assume it"),
  notify: z.boolean().optional().describe("true: each use is told (notifications)"),
  breakGlass: z
    .boolean()
    .optional()
    .describe("true: for emergencies; people with MFA, told, for an hour at most"),
  console: consoleSchema.optional().describe("People switch to it in the console"),
  silence,
  notes,
});

export type RoleInput = z.infer<typeof roleSchema>;
