import type { EventPattern } from "./event-patterns";
import type { ApiDestination } from "./notifications";

/** Fields of a message, as API destinations may have them filled in; `function/message.js` makes them. */
export const MESSAGE_FIELDS = [
  "text",
  "subject",
  "role",
  "account",
  "caller",
  "callerAccount",
  "time",
  "address",
  "region",
  "event",
  "stage",
  "trust",
  "ownTest",
  "eventId",
] as const;

/** The body of an API destination for which none is written: what most chats take. */
export const DEFAULT_BODY: Readonly<Record<string, unknown>> = { text: "<text>" };

/**
 * Matches the messages that the notifier puts on the bus. Only the hub's own: EventBridge says in `account`
 * who put an event there, and nobody can write it.
 */
export function messagePattern(hubAccountId: string): EventPattern {
  return {
    source: ["crosstrust"],
    "detail-type": ["Role used"],
    account: [hubAccountId],
  };
}

/** An EventBridge input transformer. */
export interface InputTransformer {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** Makes the body of an API destination's request of a message. */
export function inputTransformer({ body }: ApiDestination): InputTransformer {
  const used = new Set(placeholdersOf(body));
  return {
    inputPaths: Object.fromEntries(
      MESSAGE_FIELDS.filter((field) => used.has(field)).map((field) => [
        field,
        `$.detail.${field}`,
      ]),
    ),
    // EventBridge puts a value that stands without quotes there as JSON, quotes and escapes included.
    inputTemplate: JSON.stringify(body).replace(/"<(\w+)>"(?!:)/g, (whole: string, name: string) =>
      used.has(name) ? `<${name}>` : whole,
    ),
  };
}

/** Names in angle brackets that are whole texts of a body. */
export function placeholdersOf(value: unknown): readonly string[] {
  if (typeof value === "string") return /^<(\w+)>$/.exec(value)?.slice(1, 2) ?? [];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(placeholdersOf)
    : [];
}
