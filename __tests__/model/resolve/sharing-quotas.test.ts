import { otherHalfRoom, otherHalfRoomOfUser } from "../../../src/model/other-half-room";
import { printed, readFiles } from "../folder";
import { ACCOUNTS, ROLE, filesOf, type Change } from "../organization";

const EXISTING = { accounts: ["client"], existing: true };
const STATEMENT = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };

/** So many accounts that a resource of account shared is shared with. */
function membersOf(count: number) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return {
    ...ACCOUNTS,
    ...Object.fromEntries(
      numbers.map((number) => [
        `member-${number}`,
        { id: String(200_000_000_000 + number), ou: "members" },
      ]),
    ),
  };
}

/** What is said, without the place. */
function said(change: Change): readonly string[] {
  return printed(readFiles(filesOf(change)).problems).map((line) =>
    line.replace(/accounts\.json:\d+:\d+ /, ""),
  );
}

/** What is said of a resource that is shared with so many accounts. */
function saidOf(entry: object, count: number): readonly string[] {
  const shared = { account: "shared", with: ["ou:members"], ...entry };
  return said({ accounts: membersOf(count), sharing: { shared } });
}

describe("a resource's policy", () => {
  test("over its quota is an error that says how many accounts fit", () => {
    expect(saidOf({ type: "ecr-repository" }, 310)).toEqual([
      "sharing.shared: expected a policy of at most 10240 bytes on ecr-repository shared in account shared, at every stage, found 10416 bytes: it is shared with 310, of which 304 fit, do: share it with fewer, or make a second resource for some of them",
    ]);
  });

  test("that is nearly full is a warning that says how many more fit", () => {
    expect(saidOf({ type: "ecr-repository" }, 290)).toEqual([
      "warning: sharing.shared: expected room for more accounts in the policy of ecr-repository shared, found that it is shared with 290, and about 14 more fit, do: share it with fewer, or make a second resource for some of them",
    ]);
  });

  test("is none where room is for many more", () => {
    expect(saidOf({ type: "ecr-repository" }, 200)).toEqual([]);
  });

  test("is counted by what the service counts: principals of a queue", () => {
    expect(saidOf({ type: "sqs-queue" }, 60)).toEqual([
      "sharing.shared: expected a policy of at most 50 principals on sqs-queue shared in account shared, at every stage, found 60 principals: it is shared with 60, of which 50 fit, do: share it with fewer, or make a second resource for some of them",
    ]);
  });

  test("is counted with the makers of grants on a key for images", () => {
    expect(saidOf({ type: "kms-key", for: "ami" }, 250)).toEqual([
      "sharing.shared: expected a policy of at most 32768 bytes on kms-key shared in account shared, at every stage, found 33943 bytes: it is shared with 250, of which 241 fit, do: share it with fewer, or make a second resource for some of them",
    ]);
  });

  test("is counted at its largest: confirming principals makes it longer on the way", () => {
    const roles = Object.fromEntries(
      Array.from({ length: 50 }, (_, number) => [
        `reader-${number}`,
        { accounts: ["client"], trusts: [{ service: "ec2.amazonaws.com" }] },
      ]),
    );
    const shared = {
      type: "sqs-queue",
      with: Object.keys(roles).map((role) => ({ account: "client", role })),
    };

    expect(said({ roles, shared })).toEqual([
      "sharing.shared: expected a policy of at most 50 principals on sqs-queue acme-artifacts in account shared, at every stage, found 51 principals: it is shared with 50, of which 49 fit, do: share it with fewer, or make a second resource for some of them",
    ]);
  });
});

describe("what is shared with one principal by name", () => {
  const topics = (count: number, user = false) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, number) => [
        `topic-with-a-long-name-${number}`,
        {
          type: "sns-topic",
          account: "shared",
          with: [{ account: "client", ...(user ? { user: "bob" } : { role: "app" }) }],
        },
      ]),
    );
  const identities = { client: { users: { bob: {} } } };

  test("is an error where a role's inline policies cannot hold it", () => {
    expect(said({ sharing: topics(170) })).toEqual([
      "roles.app: expected at most 10240 characters of policy for what role app in account client may use (a role's inline policies together, its statements among them), found 10863 characters, do: share fewer resources with it by name, or share them with its whole account",
    ]);
  });

  test("is an error where a user's cannot, which hold less", () => {
    expect(said({ sharing: topics(40, true), identities })).toEqual([
      "identities.client.users.bob: expected at most 2048 characters of policy for what user bob in account client may use (a user's inline policies together), found 2603 characters, do: share fewer resources with it by name, or share them with its whole account",
    ]);
  });

  test("is an error where one policy that is attached to an existing role cannot", () => {
    const roles = { app: { accounts: ["client"], existing: true } };

    expect(said({ sharing: topics(110), roles })).toEqual([
      "roles.app: expected at most 6144 characters of policy for what role app in account client may use (one managed policy), found 7023 characters, do: share fewer resources with it by name, or share them with its whole account",
    ]);
  });

  test("takes the room of the roles that it may assume", () => {
    const roles = { app: { ...ROLE, statements: [STATEMENT] }, old: EXISTING };
    const withBoth = ["app", "old"].map((role) => ({ account: "client", role }));
    const sharing = {
      ...topics(1, true),
      both: { type: "sns-topic", account: "shared", with: withBoth },
    };
    const { model } = readFiles(filesOf({ roles, sharing, identities }));
    const room = Object.fromEntries(
      model?.roles.map((role) => [role.key, otherHalfRoom(role)]) ?? [],
    );

    expect(room.app).toMatchObject({ otherInlineSize: 236, otherManagedPolicies: 0 });
    expect(room.old).toMatchObject({ otherManagedPolicies: 1 });
    expect(model?.users.map(otherHalfRoomOfUser)).toEqual([{ kind: "user", otherInlineSize: 153 }]);
  });

  test("is counted as if its keys were confirmed", () => {
    const secrets = Object.fromEntries(
      Array.from({ length: 14 }, (_, number) => [
        `secret-${number}`,
        { type: "secret", account: "shared", with: [{ account: "client", user: "bob" }] },
      ]),
    );

    expect(said({ sharing: secrets, identities })).toEqual([
      "identities.client.users.bob: expected at most 2048 characters of policy for what user bob in account client may use (a user's inline policies together), found 2310 characters, do: share fewer resources with it by name, or share them with its whole account",
    ]);
  });
});
