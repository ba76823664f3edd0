import { z } from "zod";
import { PARTITIONS } from "../../../iam/arn";
import { expecting } from "../../../source/zod-problems";
import { identityCenterSchema } from "./identity-center";
import {
  NAME,
  bucketName,
  closed,
  notes,
  organizationId,
  principalArn,
  region,
  roleName,
  text,
} from "./text";

const backend = z
  .discriminatedUnion(
    "type",
    [
      closed({ type: z.literal("local"), notes }),
      closed({
        type: z.literal("s3"),
        bucket: bucketName,
        region: region.optional(),
        keyPrefix: text(
          /^([\w.=-]+(\/[\w.=-]+)*\/?)?$/,
          "a prefix of S3 keys: letters, digits and _.=- in parts joined by /, without a / before it",
          "take the other characters out",
        )
          .optional()
          .describe("Put before each state's key"),
        createBucket: z
          .enum(["no", "local", "stored"], {
            error: expecting(
              '"no", "local" (a stack of ours defines the bucket) or "stored" (and its own state is in it)',
              "see docs/backends.md",
            ),
          })
          .optional()
          .describe(
            "Whether a stack of ours defines the bucket, and where that stack's state lies",
          ),
        administrators: z
          .array(principalArn)
          .optional()
          .describe(
            "Who may reach the bucket besides the deployer, the access role and firstDeployers",
          ),
        notes,
      }),
      closed({
        type: z.literal("cloud"),
        hostname: text(/^[A-Za-z0-9.-]+$/, "a host name", "write it without https://").optional(),
        organization: text(/^[A-Za-z0-9_-]+$/, "the organization's name", "copy it"),
        project: text(/^[A-Za-z0-9 _-]+$/, "the project's name", "copy it").optional(),
        workspacePrefix: text(
          /^[A-Za-z0-9_-]*$/,
          "letters, digits, - and _",
          "take the other characters out",
        ).optional(),
        notes,
      }),
    ],
    {
      error: (issue) =>
        issue.code === "invalid_union"
          ? expecting('a backend with "type": "local", "s3" or "cloud"', "write its type")
          : undefined,
    },
  )
  .describe("Where Terraform keeps the states; beside accounts.json by default");

const bootstrap = closed({
  deployer: closed({
    account: text(NAME, "the name of an account", "name the hub account").describe("The hub"),
    role: text(NAME, "a key of roles", "name the deployer role"),
  }),
  executionRole: roleName.optional().describe("Name of each account's execution role"),
  executionPolicies: z.array(z.string()).optional().describe("Names or ARNs of managed policies"),
  firstDeployers: z
    .array(principalArn)
    .optional()
    .describe("Principals of the hub that make the first deploys"),
  guard: z.boolean().optional().describe("false: the whole hub account is let in at first"),
  notes,
}).describe("The role that deploys everything, and what it deploys through");

/** `settings` of the accounts file; everything is optional. */
export const settingsSchema = closed({
  organizationId: organizationId.optional().describe("Added to every trust in our own principals"),
  partition: z.enum(PARTITIONS).optional(),
  region: region.optional().describe("Region of every account that names none; us-east-1"),
  accessRole: roleName.optional().describe("By which an administrator first gets into an account"),
  credentials: z
    .literal("environment")
    .optional()
    .describe("Leaves named profiles out of provider blocks"),
  protect: z
    .boolean()
    .optional()
    .describe("false: Terraform may destroy the deployer and the execution roles"),
  tags: z.record(z.string(), z.string()).optional().describe("Tags of every resource"),
  backend: backend.optional(),
  bootstrap: bootstrap.optional(),
  identityCenter: identityCenterSchema.optional(),
  notes,
});

export type SettingsInput = z.infer<typeof settingsSchema>;
