import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { policyDocument } from "../../src/iam/policy-document";
import { tryBusPolicy } from "../../src/notifications/bus-policy";
import { busArn, type NotificationHub } from "../../src/notifications/notifications";

/* Who may put events on the bus, by the evaluator. */

const HUB: NotificationHub = {
  partition: "aws",
  accountId: "999988887777",
  region: "eu-west-1",
  senders: ["111122223333", "444455556666"],
  email: [],
  apiDestinations: [],
};

const EVERYTHING = policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]);

function mayPut(accountId: string, role: string, hub = HUB): string {
  const policy = tryBusPolicy(hub);
  return evaluateAccess({
    caller: {
      kind: "role",
      arn: `arn:aws:iam::${accountId}:role/${role}`,
      accountId,
      uniqueId: "AROAEXAMPLEOFAROLE123",
      identityPolicies: [{ name: "all", document: EVERYTHING }],
    },
    action: "events:PutEvents",
    resource: { arn: busArn(hub), accountId: hub.accountId, ...(policy && { policy }) },
    context: {},
  }).result;
}

test.each([
  [
    "the forwarder of an account of the list",
    "111122223333",
    "crosstrust-notify-forward",
    "allowed",
  ],
  ["another role there, whatever it may do", "111122223333", "admin", "denied"],
  ["a forwarder with a path", "111122223333", "x/crosstrust-notify-forward", "denied"],
  [
    "the forwarder of an account outside of the list",
    "555566667777",
    "crosstrust-notify-forward",
    "denied",
  ],
  ["the hub's own, without the policy", "999988887777", "crosstrust-notify-forward", "allowed"],
])("%s", (_name, accountId, role, expected) => {
  expect(mayPut(accountId, role)).toBe(expected);
});

test("where the hub alone sends there is no policy, and nobody else may", () => {
  const alone = { ...HUB, senders: [HUB.accountId] };
  expect(tryBusPolicy(alone)).toBeUndefined();
  expect(mayPut("111122223333", "crosstrust-notify-forward", alone)).toBe("denied");
});
