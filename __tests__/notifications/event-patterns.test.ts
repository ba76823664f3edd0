import fc from "fast-check";
import {
  EVENT_PATTERN_SIZE,
  notifierPattern,
  roleUseRules,
  type EventPattern,
} from "../../src/notifications/event-patterns";
import { messagePattern } from "../../src/notifications/message-event";
import type { RoleUseSource } from "../../src/notifications/notifications";
import { EVENTS, eventNamed, type Event } from "./events";
import { matches } from "./matches";

/* Which events the rules match, by what EventBridge documents of patterns. */

const OWNER = "111122223333";
const HUB = "999988887777";

function sourceOf(...roles: RoleUseSource["roles"]): RoleUseSource {
  return {
    partition: "aws",
    accountId: OWNER,
    regions: ["us-east-1"],
    roles,
    busArn: `arn:aws:events:eu-west-1:${HUB}:event-bus/crosstrust-notifications`,
  };
}

const ADMIN = { arn: `arn:aws:iam::${OWNER}:role/team/Admin`, name: "Admin" };
const RULES = roleUseRules(sourceOf(ADMIN));

/** Names of the rules that match. */
function matchedBy(event: Event): readonly string[] {
  return RULES.filter(({ pattern }) => matches(event, pattern)).map(({ name }) => name);
}

/** What the rules of the role's account make of each event. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  "another-role": [],
  "callers-own-record": [],
  "chained-session": ["crosstrust-role-assumed-1"],
  "console-switch": ["crosstrust-role-switched-1"],
  "console-switch-to-another-role": [],
  "leaving-the-role": [],
  "of-another-account-than-the-role": [],
  "own-session": ["crosstrust-role-assumed-1"],
  "own-test": ["crosstrust-role-assumed-1"],
  "put-by-a-program": [],
  refused: ["crosstrust-role-assumed-1"],
  saml: ["crosstrust-role-assumed-1"],
  "service-of-aws": [],
  "through-the-console": ["crosstrust-role-assumed-1"],
  "user-of-another-account": ["crosstrust-role-assumed-1"],
  "web-identity": ["crosstrust-role-assumed-1"],
};

test("every event has an expectation", () => {
  expect(Object.keys(EXPECTED).sort()).toEqual([...EVENTS.keys()].sort());
});

test.each([...EVENTS])("the rules of the role's account match %s as expected", (name, event) => {
  expect(matchedBy(event)).toEqual(EXPECTED[name]);
});

test("the rules of another account do not match", () => {
  const other = { arn: ADMIN.arn.replace(OWNER, "777788889999"), name: "Admin" };
  const rules = roleUseRules({ ...sourceOf(other), accountId: "777788889999" });
  const matched = [...EVENTS].filter(([, event]) =>
    rules.some(({ pattern }) => matches(event, pattern)),
  );
  expect(matched).toEqual([]);
});

test("the notifier gets what CloudTrail wrote, and nothing that a program puts on the bus", () => {
  const gets = (name: string): boolean => matches(eventNamed(name), notifierPattern());
  expect(gets("user-of-another-account")).toBe(true);
  expect(gets("console-switch")).toBe(true);
  expect(gets("put-by-a-program")).toBe(false);
});

test("a message counts only where the hub itself put it there", () => {
  const message = { source: "crosstrust", "detail-type": "Role used", account: HUB, detail: {} };
  expect(matches(message, messagePattern(HUB))).toBe(true);
  expect(matches({ ...message, account: OWNER }, messagePattern(HUB))).toBe(false);
  expect(matches(message, notifierPattern())).toBe(false);
});

const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
const path = fc.oneof(fc.constant("/"), fc.stringMatching(/^\/[!#&-)+->@-[\]-~]{1,510}\/$/));

test("all roles are in the rules, and no pattern is longer than EventBridge takes", () => {
  const roles = fc.uniqueArray(
    fc.record({ name, path }).map((role) => ({
      arn: `arn:aws:iam::${OWNER}:role${role.path}${role.name}`,
      name: role.name,
    })),
    { minLength: 1, maxLength: 90, selector: ({ arn }) => arn },
  );
  fc.assert(
    fc.property(roles, (some) => {
      const rules = roleUseRules(sourceOf(...some));
      for (const { pattern } of rules) {
        expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(EVENT_PATTERN_SIZE);
      }
      for (const { arn, name: roleName } of some) {
        expect(rules.filter(({ pattern }) => matches(assuming(arn), pattern))).toHaveLength(1);
        const switched = rules.filter(({ pattern }) => matches(switchingTo(roleName), pattern));
        expect(switched.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 40 },
  );
});

test("the order of the roles does not matter", () => {
  const roles = Array.from({ length: 60 }, (_, index) => ({
    arn: `${ADMIN.arn}${index}`,
    name: `Admin${index}`,
  }));
  expect(roleUseRules(sourceOf(...[...roles].reverse()))).toEqual(roleUseRules(sourceOf(...roles)));
});

function assuming(roleArn: string): Event {
  return {
    ...eventNamed("user-of-another-account"),
    detail: {
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRole",
      userIdentity: { type: "AWSAccount" },
      requestParameters: { roleArn },
    },
  };
}

function switchingTo(roleName: string): Event {
  return {
    ...eventNamed("console-switch"),
    detail: {
      eventSource: "signin.amazonaws.com",
      eventName: "SwitchRole",
      userIdentity: { arn: `arn:aws:sts::${OWNER}:assumed-role/${roleName}/JohnDoe` },
    },
  };
}

/* The matcher is only as good as its own table. */
const MATCHER: readonly (readonly [string, object, EventPattern, boolean])[] = [
  ["an exact value", { a: "x" }, { a: ["x"] }, true],
  ["case counts", { a: "X" }, { a: ["x"] }, false],
  ["one of several values", { a: "y" }, { a: ["x", "y"] }, true],
  ["a list of which one item has the value", { a: ["n", "x"] }, { a: ["x"] }, true],
  ["a field that is not there", {}, { a: ["x"] }, false],
  ["an inner field", { a: { b: "x" } }, { a: { b: ["x"] } }, true],
  ["an inner field of a list's item", { a: [{ b: "n" }, { b: "x" }] }, { a: { b: ["x"] } }, true],
  ["an inner field of what is null", { a: null }, { a: { b: ["x"] } }, false],
  ["a prefix", { a: "xyz" }, { a: [{ prefix: "xy" }] }, true],
  ["another prefix", { a: "yxz" }, { a: [{ prefix: "xy" }] }, false],
  ["anything but the value", { a: "x" }, { a: [{ "anything-but": "x" }] }, false],
  ["anything but another", { a: "y" }, { a: [{ "anything-but": "x" }] }, true],
  ["anything but of a field that is not there", {}, { a: [{ "anything-but": "x" }] }, false],
  ["all fields must match", { a: "x", b: "n" }, { a: ["x"], b: ["x"] }, false],
];

test.each(MATCHER)("the matcher: %s", (_name, event, pattern, expected) => {
  expect(matches({ ...event }, pattern)).toBe(expected);
});
