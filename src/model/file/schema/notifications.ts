import { z } from "zod";
import { NAME, closed, notes, region, text } from "./text";

const apiDestination = closed({
  url: text(
    /^https:\/\/[\w-]+(\.[\w-]+)+(:443)?(\/[\w.~!$&'()*+,;=:@%/?#-]*)?$/,
    "an address that begins with https:// and has no user name or password",
    "correct it; the connection signs in",
  ).describe("Where each message is sent by POST; it has no secret"),
  connection: text(
    /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:connection\/[\w.-]+\/[\w-]+$/,
    "the ARN of an EventBridge connection: arn:aws:events:REGION:ACCOUNT:connection/NAME/ID",
    "make the connection, which has the secret, by hand and copy its ARN (docs/notify.md)",
  ).describe("ARN of the EventBridge connection, made by hand, that has the secret"),
  body: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What is sent; "<text>" and the like are filled in. { "text": "<text>" }'),
  notes,
});

/** `notifications` of the accounts file. */
export const notificationsSchema = closed({
  account: text(NAME, "the name of an account", "name the account of the bus").describe(
    "The account in which the bus is and messages are made",
  ),
  regions: z
    .array(region)
    .min(1)
    .optional()
    .describe("Regions in use; those of all accounts that get a stack by default"),
  email: z
    .array(
      text(
        /^[^\s@,<>]+@[^\s@,<>]+\.[^\s@,<>]+$/,
        "an e-mail address",
        "write one address alone, as security@example.com",
      ),
    )
    .optional()
    .describe("Who gets a mail for each use"),
  apiDestinations: z
    .record(
      text(NAME, "a key of 1 to 63 letters, digits, _ and -", "rename the entry"),
      apiDestination,
    )
    .optional()
    .describe("Chats and ticket systems"),
  trails: z
    .literal("existing")
    .optional()
    .describe("existing: every account has a trail of somebody else's"),
  notes,
});

export type NotificationsInput = z.infer<typeof notificationsSchema>;
