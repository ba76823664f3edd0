import { eventNamed } from "./events";
import { createHandler, type FakeAws, type Message } from "./function";

/* What the function asks of AWS, and sends. */

const POLICY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::777788889999:root" } }],
};
const ROLE = {
  Arn: "arn:aws:iam::111122223333:role/team/Admin",
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(POLICY)),
};
const TOPIC = "arn:aws:sns:eu-west-1:999988887777:crosstrust-notifications";

let asked: string[];
let sent: [string, Message][];

function awsWith(part: Partial<FakeAws> = {}): FakeAws {
  return {
    roleAs: async (readerArn, roleName) => {
      asked.push(`${readerArn} ${roleName}`);
      return ROLE;
    },
    putMessage: async (bus, message) => void sent.push([bus, message]),
    publish: async (topic, message) => void sent.push([topic, message]),
    ...part,
  };
}

function handle(name: string, aws = awsWith(), environment: Record<string, string> = {}) {
  const handler = createHandler({
    aws: () => aws,
    environment: { READER_ROLE: "crosstrust-notify-read", BUS_NAME: "bus", ...environment },
  });
  return handler(eventNamed(name));
}

beforeEach(() => {
  asked = [];
  sent = [];
});

test("reads the role as the reader of its account, when the message is made", async () => {
  await handle("user-of-another-account");
  expect(asked).toEqual(["arn:aws:iam::111122223333:role/crosstrust-notify-read Admin"]);
  expect(sent.map(([to, { stage }]) => [to, stage])).toEqual([["bus", "account"]]);
});

test("mails where there is a topic, the same message", async () => {
  await handle("user-of-another-account", awsWith(), { TOPIC_ARN: TOPIC });
  expect(sent.map(([to]) => to)).toEqual(["bus", TOPIC]);
  expect(sent[1][1]).toEqual(sent[0][1]);
});

test("of a console switch it finds the role's path out", async () => {
  await handle("console-switch");
  expect(sent[0][1]).toMatchObject({ role: ROLE.Arn, event: "SwitchRole", address: "203.0.113.9" });
});

test("a message goes out when the trust cannot be looked up, and says so", async () => {
  const error = Object.assign(new Error("not authorized"), { name: "AccessDenied" });
  await handle("user-of-another-account", awsWith({ roleAs: () => Promise.reject(error) }));
  expect(sent[0][1]).toMatchObject({
    stage: "unknown",
    trust: "could not be looked up: AccessDenied: not authorized",
    role: ROLE.Arn,
  });
});

test("fails when a message could not be sent, so that Lambda tries again; the other one is out", async () => {
  const aws = awsWith({ putMessage: () => Promise.reject(new Error("throttled")) });
  await expect(handle("user-of-another-account", aws, { TOPIC_ARN: TOPIC })).rejects.toThrow(
    "throttled",
  );
  expect(sent.map(([to]) => to)).toEqual([TOPIC]);
});

test("sends nothing of what is no use of a role of the event's account, and logs it", async () => {
  const log = jest.spyOn(console, "error").mockImplementation(() => undefined);
  await handle("of-another-account-than-the-role");
  expect([asked, sent]).toEqual([[], []]);
  expect(log.mock.calls).toEqual([
    ["not a use of a role of account 444455556666: 6a7e8feb-b491-4cf7-a9f1-bf3703467718"],
  ]);
  log.mockRestore();
});
