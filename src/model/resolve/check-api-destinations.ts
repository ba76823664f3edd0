import { MESSAGE_FIELDS, placeholdersOf } from "../../notifications/message-event";
import { closestTo } from "../../source/closest";
import { quote, showValue } from "../../source/show-value";
import type { Entry } from "../file/entry";
import type { NotificationsInput } from "../file/schema/notifications";
import type { Account } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";

/** Addresses that are a secret themselves: whoever has one may write there. */
const SECRET_URLS = [
  /^https:\/\/hooks\.slack\.com\//,
  /^https:\/\/[\w.-]+\.webhook\.office\.com\//,
  /^https:\/\/[\w.-]+\.logic\.azure\.com\//,
  /^https:\/\/discord(app)?\.com\/api\/webhooks\//,
  /^https:\/\/chat\.googleapis\.com\/.*[?&]token=/,
  /[?&](token|sig|signature|key|api_?key|secret)=/i,
] as const;

/** Characters of an input template (EventBridge API Reference, InputTransformer). */
const INPUT_TEMPLATE_SIZE = 8_192;

/** What of API destinations would leak a secret, or would be refused or left unfilled by AWS. */
export function checkApiDestinations(
  notifications: Entry<NotificationsInput>,
  { id, region }: Account,
  problems: ProblemList,
): void {
  for (const [name, destination] of Object.entries(notifications.value.apiDestinations ?? {})) {
    const place = (key: string) => placeOf(notifications, ["apiDestinations", name, key]);
    const { url, connection, body } = destination;
    if (SECRET_URLS.some((pattern) => pattern.test(url))) {
      problems.error(place("url"), {
        expected: "an address without a secret: it stands in the JSON and in the state",
        found: "one with which anybody may write there",
        remedy: "use an interface that takes a token, and put the token into the connection",
      });
    }
    const [, , , connectionRegion, connectionAccount] = connection.split(":");
    if (connectionRegion !== region || connectionAccount !== id) {
      problems.error(place("connection"), {
        expected: `a connection in the bus's account and Region (${id}, ${region})`,
        found: `one in ${connectionAccount}, ${connectionRegion}`,
        remedy: "make the connection there (docs/notify.md)",
      });
    }
    if (body !== undefined) checkBody(body, place("body"), problems);
  }
}

function checkBody(
  body: Readonly<Record<string, unknown>>,
  place: ReturnType<typeof placeOf>,
  problems: ProblemList,
): void {
  for (const field of placeholdersOf(body)) {
    if (MESSAGE_FIELDS.some((known) => known === field)) continue;
    const closest = closestTo(field, MESSAGE_FIELDS);
    problems.error(place, {
      expected: `fields of a message: ${MESSAGE_FIELDS.join(", ")}`,
      found: showValue(`<${field}>`),
      remedy:
        closest === undefined ? "take it out" : `write ${quote(`<${closest}>`)} if that is meant`,
    });
  }
  const size = JSON.stringify(body).length;
  if (size > INPUT_TEMPLATE_SIZE) {
    problems.error(place, {
      expected: `at most ${INPUT_TEMPLATE_SIZE} characters (EventBridge's limit)`,
      found: `${size}`,
      remedy: "shorten it",
    });
  }
}
