import { z } from "zod";
import { accountSchema } from "./accounts";
import { identitiesSchema } from "./identities";
import { logsSchema } from "./logs";
import { notificationsSchema } from "./notifications";
import { permissionSetsSchema } from "./permission-sets";
import { roleSchema } from "./roles";
import { settingsSchema } from "./settings";
import { sharingSchema } from "./sharing";
import { NAME, closed, notes, text } from "./text";

/** An account's name: it is the name of its stack. */
export const accountName = text(
  NAME,
  "a name of 1 to 63 letters, digits, _ and -, beginning with a letter or digit",
  "rename the account",
).refine((name) => !name.endsWith("-bootstrap"), {
  error: "a name that does not end in -bootstrap\nrename the account: bootstrap stacks end so",
});

/** A role's key. */
export const roleKey = text(
  NAME,
  "a key of 1 to 63 letters, digits, _ and -, beginning with a letter or digit",
  "rename the entry; name gives the role any name that IAM takes",
);

/** The key of an entry of `sharing`. */
export const sharingKey = text(
  NAME,
  "a key of 1 to 63 letters, digits, _ and -, beginning with a letter or digit",
  "rename the entry; name gives the resource any name that AWS takes",
);

/** Both of Gruntwork's forms: names to accounts or IDs. */
export const gruntworkSchema = z.record(accountName, accountSchema);

/** The full form. */
export const fullSchema = closed({
  $schema: z.string().optional(),
  notes,
  settings: settingsSchema.optional(),
  accounts: z
    .union([gruntworkSchema, z.string()])
    .optional()
    .describe("The accounts, or the path of a file with them"),
  include: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("Files or globs with further roles, identities and sharing"),
  identities: z.record(accountName, identitiesSchema).optional(),
  logs: logsSchema.optional(),
  notifications: notificationsSchema.optional(),
  permissionSets: permissionSetsSchema.optional(),
  roles: z.record(roleKey, roleSchema).optional(),
  sharing: z.record(sharingKey, sharingSchema).optional(),
});

/** The accounts file, in any of its three forms: for editors. */
export const accountsFileSchema = z.union([fullSchema, gruntworkSchema]);
