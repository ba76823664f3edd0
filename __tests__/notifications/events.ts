import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const EVENT = z.looseObject({ source: z.string(), account: z.string() });

/** An event as EventBridge delivers it. */
export type Event = z.infer<typeof EVENT>;

const FOLDER = join(__dirname, "events");

/**
 * Events by the name of their file, written by hand after the examples of the CloudTrail and IAM User Guides:
 * uses of role/team/Admin in account 111122223333, and what is none.
 */
export const EVENTS: ReadonlyMap<string, Event> = new Map(
  readdirSync(FOLDER)
    .sort()
    .map((file) => [
      file.replace(/\.json$/, ""),
      EVENT.parse(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))),
    ]),
);

/** The event of that file. */
export function eventNamed(name: string): Event {
  const event = EVENTS.get(name);
  if (event === undefined) throw new Error(`no event ${name}`);
  return event;
}
