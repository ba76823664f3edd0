import { z } from "zod";
import { statementSchema } from "./statements";
import { closed, notes, path, text } from "./text";

const importing = z.boolean().optional().describe("Takes over what exists");

const userName = text(
  /^[\w+=,.@-]{1,64}$/,
  "a user name of 1 to 64 letters, digits and _+=,.@- (IAM's limit)",
  "correct the name",
);

const groupName = text(
  /^[\w+=,.@-]{1,128}$/,
  "a group name of 1 to 128 letters, digits and _+=,.@- (IAM's limit)",
  "correct the name",
);

const mfaDevice = text(
  /^[\w+=,.@-]{1,226}$/,
  "the name of a virtual MFA device: 1 to 226 letters, digits and _+=,.@- (IAM's limit)",
  "write the device's name, without arn:…:mfa/",
).describe("Name of the device whose codes the command line asks for; the user's name by default");

/** The IAM users and groups of one account. */
export const identitiesSchema = closed({
  users: z
    .record(
      userName,
      closed({ path: path.optional(), import: importing, mfaDevice: mfaDevice.optional(), notes }),
    )
    .optional(),
  groups: z
    .record(
      groupName,
      closed({
        users: z.array(userName).optional().describe("Members; the group has no others"),
        path: path.optional(),
        import: importing,
        managedPolicies: z
          .array(z.string())
          .optional()
          .describe("Names of AWS managed policies, or ARNs: what members may do in this account"),
        statements: z
          .array(statementSchema)
          .optional()
          .describe("What members may do in this account; placeholders are filled in"),
        selfManagedMfa: z
          .boolean()
          .optional()
          .describe("true: members set up their own MFA device, and may do nothing else without"),
        notes,
      }),
    )
    .optional(),
  notes,
});

export type IdentitiesInput = z.infer<typeof identitiesSchema>;
