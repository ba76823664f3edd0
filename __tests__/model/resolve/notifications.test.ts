import { BUS_POLICY_SIZE, tryBusPolicy } from "../../../src/notifications/bus-policy";
import { modelOf } from "../../stacks/organization";
import { printed, readFiles } from "../folder";
import { EMPTY_LOCK_FILE } from "../organization";

/* What `notifications` comes to, and the limits that are counted. */

const HUB = { security: { id: "100000000002", region: "eu-west-1" } };
const TRUSTS = [{ account: "security", role: "ci" }];
const CI = { accounts: ["security"], trusts: [{ service: "lambda.amazonaws.com" }] };
const NOTIFICATIONS = {
  account: "security",
  email: ["b@example.com", "a@example.com", "b@example.com"],
  trails: "existing",
};

function organization(accounts: object, more: object = {}) {
  return {
    accounts: { ...HUB, ...accounts },
    roles: { ci: CI, admin: { accounts: ["*"], notify: true, trusts: TRUSTS } },
    notifications: NOTIFICATIONS,
    ...more,
  };
}

const TWO = {
  client: { id: "100000000003", region: "eu-central-1" },
  quiet: { id: "100000000004", region: "eu-north-1" },
};

test("each account with a notified role sends its uses to the one bus", () => {
  const { notifying } = modelOf(
    organization(TWO, {
      roles: {
        ci: CI,
        admin: { accounts: ["client", "security"], path: "/team/", notify: true, trusts: TRUSTS },
        other: { accounts: ["quiet"], trusts: TRUSTS },
      },
    }),
  );
  expect(
    notifying.map(({ account, source, hub }) => [account.name, source?.roles, hub?.senders]),
  ).toEqual([
    [
      "security",
      [{ arn: "arn:aws:iam::100000000002:role/team/admin", name: "admin" }],
      ["100000000002", "100000000003"],
    ],
    ["client", [{ arn: "arn:aws:iam::100000000003:role/team/admin", name: "admin" }], undefined],
  ]);
  expect(notifying.map(({ source }) => source?.busArn)).toEqual(
    Array(2).fill("arn:aws:events:eu-west-1:100000000002:event-bus/crosstrust-notifications"),
  );
});

test("Regions in use are those of all accounts, and that of global endpoints", () => {
  const { notifying } = modelOf(organization(TWO));
  for (const { source } of notifying) {
    expect(source?.regions).toEqual(["eu-central-1", "eu-north-1", "eu-west-1", "us-east-1"]);
  }
});

test.each([
  ["aws", "us-east-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-cn", "cn-north-1"],
])(
  "Regions that are written stand for them, beside that of global endpoints (%s)",
  (partition, global) => {
    const regions = ["xx-south-1"];
    const { notifying } = modelOf(
      organization(TWO, {
        settings: { partition },
        notifications: { ...NOTIFICATIONS, regions },
      }),
    );
    expect(notifying[0].source?.regions).toEqual([global, ...regions].sort());
  },
);

test("the notifier may read the trust policies of notified roles, by roles of their accounts, and no more", () => {
  const { roles } = modelOf(organization(TWO));
  const ours = roles.filter(({ name }) => name.startsWith("crosstrust-notify"));
  expect(
    ours.map(({ account, name, statements, mayAssume }) => [
      account.name,
      name,
      statements.at(-1),
      mayAssume,
    ]),
  ).toEqual([
    [
      "security",
      "crosstrust-notify",
      expect.objectContaining({ Action: "sns:Publish" }),
      ["100000000002", "100000000003", "100000000004"].map(
        (id) => `arn:aws:iam::${id}:role/crosstrust-notify-read`,
      ),
    ],
    ...Object.entries({ ...HUB, ...TWO }).map(([name, { id }]) => [
      name,
      "crosstrust-notify-read",
      {
        Sid: "ReadNotifiedRoles",
        Effect: "Allow",
        Action: "iam:GetRole",
        Resource: [`arn:aws:iam::${id}:role/admin`],
      },
      [],
    ]),
  ]);
});

test("each address gets one mail, and the order in which they are written does not matter", () => {
  const { notifying } = modelOf(organization({}));
  expect(notifying[0].hub?.email).toEqual(["a@example.com", "b@example.com"]);
});

test("a role that is not defined here can be notified too", () => {
  const roles = { ci: CI, old: { accounts: ["client"], existing: true, notify: true } };
  const { notifying } = modelOf(organization(TWO, { roles }));
  expect(notifying.flatMap(({ source }) => source?.roles ?? [])).toEqual([
    { arn: "arn:aws:iam::100000000003:role/old", name: "old" },
  ]);
});

function problemsOf(file: object): readonly string[] {
  const { problems } = readFiles({ "accounts.json": file, "trust.lock.json": EMPTY_LOCK_FILE });
  return printed(problems).filter((line) => line.includes("notifications: "));
}

describe("a trail", () => {
  const logs = (organizationTrail: boolean) => ({
    account: "security",
    cloudtrail: { bucket: "acme-cloudtrail", organizationTrail },
  });
  const without = { ...NOTIFICATIONS, trails: undefined };
  const root = { root: { id: "100000000001", management: true } };
  const settings = { organizationId: "o-a1b2c3d4e5" };

  test("of ours in each account is enough", () => {
    expect(problemsOf(organization(TWO, { logs: logs(false), notifications: without }))).toEqual(
      [],
    );
  });

  test("of the organization is enough for its accounts, and for no other", () => {
    const file = (client: object) =>
      organization(
        { ...root, ...TWO, client: { ...TWO.client, ...client } },
        { settings, logs: { ...logs(true) }, notifications: without },
      );
    expect(problemsOf(file({}))).toEqual([]);
    expect(problemsOf(file({ organization: "o-zzzzzzzzzz" }))).toEqual([
      expect.stringContaining("found none in client,"),
    ]);
  });
});

/** So many accounts besides the hub, all with a notified role. */
function many(count: number) {
  return organization(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `member-${index}`,
        { id: String(200_000_000_000 + index) },
      ]),
    ),
  );
}

describe("accounts that may send", () => {
  const FIT = 300;

  test("fit the bus's policy up to the number that is told", () => {
    expect(problemsOf(many(FIT - 20))).toEqual([]);
    expect(problemsOf(many(FIT - 19))).toEqual([
      expect.stringContaining(`found ${FIT - 19}; 19 more accounts fit`),
    ]);
    const { notifying } = modelOf(many(FIT));
    const hub = notifying.find((part) => part.hub !== undefined)?.hub;
    const size = JSON.stringify(hub && tryBusPolicy(hub)).length;
    expect(size).toBeLessThanOrEqual(BUS_POLICY_SIZE);
    expect(size + '"arn:aws:iam::200000000000:root",'.length).toBeGreaterThan(BUS_POLICY_SIZE);
  });

  test("are refused from the next on", () => {
    expect(problemsOf(many(FIT + 1))).toEqual([
      expect.stringMatching(
        new RegExp(
          `expected at most ${FIT} accounts that send: .* \\(10240 characters\\), found ${FIT + 1}, do: write`,
        ),
      ),
    ]);
  });
});

test("rules are counted per Region", () => {
  const roles = Object.fromEntries(
    Array.from({ length: 900 }, (_, index) => [
      `role-${index}`,
      { name: `${"x".repeat(58)}${index}`, accounts: ["security"], notify: true, trusts: TRUSTS },
    ]),
  );
  expect(problemsOf({ ...organization({}), roles: { ...roles, ci: CI } })).toEqual([
    expect.stringMatching(
      /expected at most 100 rules in each Region of account security, found \d+, for 900 roles/,
    ),
  ]);
});
