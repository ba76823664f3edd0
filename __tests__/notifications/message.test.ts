import { MESSAGE_FIELDS } from "../../src/notifications/message-event";
import { eventNamed } from "./events";
import { makeMessage, readUse, type Message } from "./function";

/* What a message says of each event. */

const TRUST = {
  stage: "role",
  words: "the principal itself: arn:aws:iam::777788889999:user/JohnDoe",
};

function messageOf(name: string): Message {
  const use = readUse(eventNamed(name));
  if (use === undefined) throw new Error(`${name} is no use of a role`);
  return makeMessage(use, TRUST);
}

test("says who, from which account, which role, when, from which address, and by what", () => {
  expect(messageOf("user-of-another-account")).toEqual({
    subject: "Role used: Admin in account 111122223333",
    text: [
      "role:     arn:aws:iam::111122223333:role/team/Admin, account 111122223333",
      "who:      AIDAQRSTUVWXYZEXAMPLE (session JohnDoe-dev, source identity JohnDoe)",
      "from:     account 777788889999, address 192.0.2.101",
      "when:     2026-11-26T15:07:39Z",
      "how:      AssumeRole in eu-west-1",
      "let in:   the principal itself: arn:aws:iam::777788889999:user/JohnDoe",
      "event:    dEXAMPLE-ac7f-466c-a608-4ac8dEXAMPLE",
    ].join("\n"),
    role: "arn:aws:iam::111122223333:role/team/Admin",
    account: "111122223333",
    caller: "AIDAQRSTUVWXYZEXAMPLE",
    callerAccount: "777788889999",
    time: "2026-11-26T15:07:39Z",
    address: "192.0.2.101",
    region: "eu-west-1",
    event: "AssumeRole",
    stage: "role",
    trust: "the principal itself: arn:aws:iam::777788889999:user/JohnDoe",
    ownTest: "no",
    eventId: "dEXAMPLE-ac7f-466c-a608-4ac8dEXAMPLE",
  });
});

/** Lines of the text that differ from event to event. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  [
    "chained-session",
    [
      "who:      AROA5EXAMPLE5EXAMPLE5:build-42 (session build-42)",
      "from:     account 777788889999, address 192.0.2.101",
      "how:      AssumeRole in us-east-1",
    ],
  ],
  [
    "console-switch",
    [
      "role:     Admin (its path is not in the event), account 111122223333",
      "who:      arn:aws:iam::777788889999:user/JohnDoe (session JohnDoe)",
      "from:     account 777788889999, address 203.0.113.9",
      "how:      SwitchRole in us-east-1",
    ],
  ],
  [
    "through-the-console",
    [
      "from:     account 777788889999, through AWS Internal (in the console; the SwitchRole message has the address)",
    ],
  ],
  [
    "web-identity",
    [
      "who:      repo:acme/infra:ref:refs/heads/main of arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com (session GitHubActions)",
      "from:     no AWS account, address 198.51.100.7",
      "how:      AssumeRoleWithWebIdentity in eu-west-1",
    ],
  ],
  ["saml", ["who:      jane of SampleUkh1i4+Example= (session jane)"]],
  ["own-session", ["who:      arn:aws:sts::111122223333:assumed-role/Operator/x (session x)"]],
  ["refused", ["how:      AssumeRole in eu-west-1, refused: AccessDenied"]],
];

test.each(LINES)("of %s its own lines", (name, lines) => {
  const written = messageOf(name).text.split("\n");
  expect(written).toEqual(expect.arrayContaining([...lines]));
});

test("a refusal is no use", () => {
  expect(messageOf("refused").subject).toBe("Role refused: Admin in account 111122223333");
});

test("our own test is marked, and told all the same", () => {
  const message = messageOf("own-test");
  expect(message).toMatchObject({
    subject: "[own test] Role used: Admin in account 111122223333",
    ownTest: "yes",
  });
  expect(message.text.split("\n")[0]).toBe(
    "This calls itself the test of crosstrust verify --live (session crosstrust-live).",
  );
});

test.each(["of-another-account-than-the-role", "callers-own-record"])(
  "%s is no use of a role of the account whose CloudTrail wrote it",
  (name) => {
    expect(readUse(eventNamed(name))).toBeUndefined();
  },
);

test("an event that does not say whose CloudTrail got it is of the account that sent it", () => {
  const event = eventNamed("user-of-another-account");
  const detail = { ...Object(event.detail), recipientAccountId: undefined };
  expect(readUse({ ...event, detail })).toEqual(readUse(event));
});

test("an event without what makes a use is none", () => {
  const { source, account } = eventNamed("user-of-another-account");
  expect(readUse({ source, account, detail: { recipientAccountId: account } })).toBeUndefined();
  expect(
    readUse({ source: "aws.signin", account, detail: { recipientAccountId: account } }),
  ).toBeUndefined();
});

test("every field that an API destination may name is in every message, as a text", () => {
  for (const name of ["user-of-another-account", "console-switch", "web-identity"]) {
    const message = messageOf(name);
    expect(Object.keys(message).sort()).toEqual([...MESSAGE_FIELDS].sort());
    for (const value of Object.values(message)) expect(typeof value).toBe("string");
  }
});

test("a name with line breaks makes no lines of its own, and a subject is plain and short", () => {
  const use = readUse(eventNamed("saml"));
  const caller = "jane\nlet in:   the principal itself\r\nwhen:     never";
  const message = makeMessage({ ...use, caller, roleName: "ä".repeat(120) }, TRUST);
  expect(message.text.split("\n")).toHaveLength(7);
  expect(message.caller).toBe("jane let in:   the principal itself when:     never");
  expect(message.subject).toMatch(/^[\x20-\x7e]{100}$/);
});
