import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Model, Sharing } from "../../../src/model/model";
import { readModel } from "../../../src/model/read-model";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { policyDocument } from "../../../src/iam/policy-document";
import type { SharingTrust } from "../../../src/sharing/shared-resource";
import { EMPTY_LOCK, type Lock } from "../../../src/trust/lock";
import { printed, readFiles } from "../folder";
import { ACCOUNTS, filesOf, type Change } from "../organization";
import resources from "./sharing.json";

const APP = "arn:aws:iam::111122223333:role/app";
const CI = "arn:aws:iam::444455556666:role/ci";
const APP_ID = "AROAEXAMPLEEXAMPLE01";
const KEY = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ALIAS = "arn:aws:kms:us-east-1:444455556666:alias/shared";
const AUTO_SCALING = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

/** The statement of others that every `keep` of these tests names. */
const KEPT = {
  Sid: "Others",
  Effect: "Deny",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": false } },
} as const;

/** The model of an organization that nothing but warnings is said of. */
function modelOf(change: Change): Model {
  const files = { "policy.json": policyDocument([]), ...change.files };
  const { model, problems } = readFiles(filesOf({ ...change, files }));
  expect(printed(problems).filter((line) => !line.startsWith("warning: "))).toEqual([]);
  if (model === undefined) throw new Error("expected a model, found none");
  return model;
}

/** The only shared resource of an organization. */
function only(model: Model): Sharing {
  expect(model.sharing).toHaveLength(1);
  return model.sharing[0];
}

/** Whom a policy names, as a person would say it. */
function whom(trusts: readonly SharingTrust[]): readonly string[] {
  return trusts.map((trust) => (trust.kind === "account" ? trust.accountId : trust.principalArn));
}

function roleOf(model: Model, arn: string) {
  const role = model.roles.find((each) => each.arn === arn);
  if (role === undefined) throw new Error(`expected the role ${arn}, found none`);
  return role;
}

describe("an entry means, in each of its regions,", () => {
  test.each(resources)("$name", ({ entry, resources: expected }) => {
    const files = { "policy.json": { Statement: KEPT } };
    const model = modelOf({ sharing: { shared: entry }, files });

    expect(JSON.parse(JSON.stringify(model.sharing.map(({ resource }) => resource)))).toEqual(
      expected,
    );
    for (const { stack, key } of model.sharing) expect([stack, key]).toEqual(["shared", "shared"]);
  });
});

describe("a resource is shared with", () => {
  const accounts = { ...ACCOUNTS, dev: { id: "222233334444", ou: "workloads" } };
  const sharedWith = (shared: object) => only(modelOf({ accounts, shared }));

  test("accounts that selectors choose, each once, without the owning one", () => {
    const { resource, named } = sharedWith({ with: ["*", "ou:workloads", "root", "vendor"] });

    expect(whom(resource.trusts)).toEqual([
      "111122223333",
      "100000000001",
      "900000000001",
      "222233334444",
    ]);
    expect(named).toEqual([]);
  });

  test("accounts that except leaves", () => {
    expect(whom(sharedWith({ with: ["*"], except: ["dev"] }).resource.trusts)).toEqual([
      "111122223333",
    ]);
  });

  test("a principal that is named in an account that except takes away from selectors", () => {
    const shared = { with: ["*", { account: "client", role: "app" }], except: ["client"] };

    expect(whom(sharedWith(shared).resource.trusts)).toEqual(["222233334444", APP]);
  });

  test("roles that a selector finds, but for the accounts of except", () => {
    const roles = {
      app: { accounts: ["client", "dev"], trusts: [{ service: "ec2.amazonaws.com" }] },
    };
    const shared = { with: [{ account: "ou:workloads", role: "app" }], except: ["dev"] };

    expect(whom(only(modelOf({ accounts, roles, shared })).resource.trusts)).toEqual([APP]);
  });

  test("a role of an external account, which is not ours to give the other half", () => {
    const { resource, named } = sharedWith({
      with: [{ account: "vendor", role: "agent", path: "/ci/" }],
    });

    expect(whom(resource.trusts)).toEqual(["arn:aws:iam::900000000001:role/ci/agent"]);
    expect(named).toEqual([]);
  });

  test("a role of the owning account by its own half alone", () => {
    const { resource, named } = sharedWith({ with: [{ account: "shared", role: "ci" }] });

    expect(resource.trusts).toEqual([]);
    expect(named).toEqual([CI]);
  });

  test("a role or user as a trust has it, but never with MFA, which programs cannot show", () => {
    const identities = { client: { users: { bob: {} } } };
    const settings = { organizationId: "o-a1b2c3d4e5" };
    const shared = {
      with: [
        { account: "client", role: "app", guard: false, tighten: "unique-id" },
        { account: "client", user: "bob" },
      ],
    };

    const { resource, named } = only(modelOf({ identities, settings, shared }));

    expect(resource.trusts).toEqual([
      {
        kind: "role",
        principalArn: APP,
        partition: "aws",
        accountId: "111122223333",
        guard: [],
        tighten: "unique-id",
        mfa: false,
        organizationId: "o-a1b2c3d4e5",
      },
      {
        kind: "user",
        principalArn: "arn:aws:iam::111122223333:user/bob",
        partition: "aws",
        accountId: "111122223333",
        guard: ["arn:aws:iam::111122223333:user/bob"],
        tighten: "role",
        mfa: false,
        organizationId: "o-a1b2c3d4e5",
      },
    ]);
    expect(named).toEqual([APP, "arn:aws:iam::111122223333:user/bob"]);
  });
});

describe("entries are read", () => {
  test("from included files too", () => {
    const shared = { type: "sns-topic", account: "shared", with: ["client"] };
    const { sharing } = modelOf({
      include: "more/*.json",
      files: { "more/topics.json": { sharing: { events: shared } } },
    });

    expect(sharing.map(({ key }) => key)).toEqual(["events"]);
  });

  test("with the statements of others as a list, or as a policy document", () => {
    const entry = {
      type: "sqs-queue",
      account: "shared",
      name: "jobs",
      with: ["client"],
      existing: true,
      keep: "policy.json",
    };
    const expected = [{ ...KEPT, Condition: { Bool: { "aws:SecureTransport": "false" } } }];
    for (const policy of [
      JSON.stringify([KEPT]),
      { Version: "2012-10-17", Id: "x", Statement: [KEPT] },
    ]) {
      const files = { "policy.json": policy };

      expect(only(modelOf({ sharing: { jobs: entry }, files })).resource.keep).toEqual(expected);
    }
  });

  test("of the state's bucket, where it exists and nobody here defines it", () => {
    const settings = { backend: { type: "s3", bucket: "acme-artifacts" } };
    const shared = { existing: true, keep: "policy.json" };

    expect(only(modelOf({ settings, shared })).resource.name).toBe("acme-artifacts");
  });
});

describe("an account named as a part of the file", () => {
  test.each(["sharing", "logs"])("%s is still an account", (name) => {
    const { model, problems } = readFiles({
      "trust.lock.json": { version: 1, principals: {}, applied: {} },
      "accounts.json": { [name]: { id: "111122223333" }, dev: { id: "444455556666" } },
    });

    expect(printed(problems)).toEqual([]);
    expect(model?.accounts.map((account) => account.name)).toEqual([name, "dev"]);
  });
});

describe("a key for images", () => {
  const sharing = {
    shared: { type: "kms-key", account: "shared", with: ["client", "root"], for: "ami" },
  };
  const settings = { bootstrap: { deployer: { account: "shared", role: "ci" } } };

  test("lets each using account's execution role make the grant, or the account without one", () => {
    const { resource } = only(modelOf({ settings, sharing }));

    expect(resource).toMatchObject({
      grants: [
        {
          maker: {
            kind: "role",
            principalArn: "arn:aws:iam::111122223333:role/crosstrust-execution",
            guard: ["arn:aws:iam::111122223333:role/crosstrust-execution"],
            tighten: "role",
          },
          granteeArn: `arn:aws:iam::111122223333:${AUTO_SCALING}`,
        },
        {
          maker: { kind: "account", accountId: "100000000001" },
          granteeArn: `arn:aws:iam::100000000001:${AUTO_SCALING}`,
        },
      ],
    });
  });

  test("has each using account of ours make the grant, and no external one", () => {
    const shared = { ...sharing.shared, with: ["client", "vendor"] };
    const { keyGrants } = modelOf({ settings, sharing: { shared } });

    expect(keyGrants.map(({ account, ...grant }) => ({ ...grant, account: account.name }))).toEqual(
      [
        {
          key: "shared",
          account: "client",
          stack: "client",
          region: "us-east-1",
          aliasArn: ALIAS,
          keyArn: undefined,
          granteeArn: `arn:aws:iam::111122223333:${AUTO_SCALING}`,
        },
      ],
    );
  });

  test("makes the execution roles that it names trusted, so that they are confirmed", () => {
    const model = modelOf({ settings, sharing });

    expect(
      model.roles
        .filter(({ name, trusted }) => name === "crosstrust-execution" && trusted)
        .map(({ account }) => account.name),
    ).toEqual(["client"]);
  });
});

describe("a role that a resource's policy names", () => {
  test("is trusted, so that its unique ID is an output", () => {
    const model = modelOf({ shared: { with: [{ account: "client", role: "app" }] } });

    expect(roleOf(model, APP).trusted).toBe(true);
    expect(roleOf(modelOf({ shared: {} }), APP).trusted).toBe(false);
  });

  test("is not where it is of the owning account: no policy names it", () => {
    const model = modelOf({ shared: { with: [{ account: "shared", role: "ci" }] } });

    expect(roleOf(model, CI).trusted).toBe(false);
  });
});

describe("the other half", () => {
  const topic = (account: string) => ({
    type: "sns-topic",
    account: "shared",
    with: [{ account, role: account === "client" ? "app" : "ci" }],
  });

  test("of several resources is one list of statements", () => {
    const model = modelOf({ sharing: { alarms: topic("client"), events: topic("client") } });

    expect(roleOf(model, APP).mayUse).toEqual([
      {
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: [
          "arn:aws:sns:us-east-1:444455556666:alarms",
          "arn:aws:sns:us-east-1:444455556666:events",
        ],
      },
    ]);
  });

  test("is written for the owning account's own principals too, and for nobody else", () => {
    const model = modelOf({ sharing: { alarms: topic("shared") } });

    expect(roleOf(model, CI).mayUse).toHaveLength(1);
    expect(roleOf(model, APP).mayUse).toEqual([]);
  });

  test("of a user", () => {
    const identities = { client: { users: { bob: {} } } };
    const shared = { type: "sqs-queue", name: "jobs", with: [{ account: "client", user: "bob" }] };
    const { users } = modelOf({ identities, shared });

    expect(users[0].trusted).toBe(true);
    expect(users[0].mayUse).toEqual([
      {
        Effect: "Allow",
        Action: expect.arrayContaining(["sqs:SendMessage"]),
        Resource: "arn:aws:sqs:us-east-1:444455556666:jobs",
      },
    ]);
  });
});

describe("with a lock", () => {
  const confirmed = (arn: string, uniqueId: string): Lock => ({
    ...EMPTY_LOCK,
    principals: { [arn]: { uniqueId, confirmedAt: "2026-11-23T10:00:00Z" } },
  });
  const token = { type: "secret", account: "shared", with: [{ account: "client", role: "app" }] };

  test("a principal that is confirmed is at stage role, and one that is reopened is not", () => {
    const model = modelOf({ sharing: { shared: token } });
    const lock = confirmed(APP, APP_ID);
    const idIn = (locked: Lock) => {
      const [trust] = only(modelWithLock(model, locked)).resource.trusts;
      return trust.kind === "account" ? "a whole account" : trust.uniqueId;
    };
    const reopened = { ...lock.principals[APP], reopenedIn: ["444455556666"] };

    expect(idIn(EMPTY_LOCK)).toBeUndefined();
    expect(idIn(lock)).toBe(APP_ID);
    expect(idIn({ ...lock, principals: { [APP]: reopened } })).toBeUndefined();
  });

  test("a maker of grants that is confirmed is at stage role", () => {
    const settings = { bootstrap: { deployer: { account: "shared", role: "ci" } } };
    const key = { type: "kms-key", account: "shared", with: ["client"], for: "ami" };
    const model = modelOf({ settings, sharing: { shared: key } });
    const maker = "arn:aws:iam::111122223333:role/crosstrust-execution";

    expect(only(modelWithLock(model, confirmed(maker, APP_ID))).resource).toMatchObject({
      grants: [{ maker: { principalArn: maker, uniqueId: APP_ID } }],
    });
  });

  test("what names a key waits for its ARN, and waits again when the lock loses it", () => {
    const key = {
      type: "kms-key",
      account: "shared",
      with: ["root", { account: "client", role: "app" }],
      for: "ami",
    };
    const model = modelOf({ sharing: { shared: key } });
    const withKey = modelWithLock(model, { ...EMPTY_LOCK, keys: { [ALIAS]: KEY } });

    for (const waiting of [model, modelWithLock(withKey, EMPTY_LOCK)]) {
      expect(only(waiting).resource).toMatchObject({ keyArn: undefined });
      expect(waiting.keyGrants.map(({ keyArn }) => keyArn)).toEqual([undefined, undefined]);
      expect(roleOf(waiting, APP).mayUse).toEqual([]);
    }
    expect(only(withKey).resource).toMatchObject({ keyArn: KEY });
    expect(withKey.keyGrants.map(({ keyArn }) => keyArn)).toEqual([KEY, KEY]);
    expect(roleOf(withKey, APP).mayUse.map(({ Resource }) => Resource)).toEqual([KEY, KEY]);
  });

  test("a secret's key is known by its alias", () => {
    const model = modelOf({ sharing: { shared: token } });
    const withKey = modelWithLock(model, { ...EMPTY_LOCK, keys: { [ALIAS]: KEY } });
    const secret = "arn:aws:secretsmanager:us-east-1:444455556666:secret:shared-??????";
    const resourcesOf = ({ mayUse }: { readonly mayUse: Model["roles"][number]["mayUse"] }) =>
      mayUse.map(({ Resource }) => Resource);

    expect(resourcesOf(roleOf(model, APP))).toEqual([secret]);
    expect(resourcesOf(roleOf(withKey, APP)).sort()).toEqual([KEY, secret]);
  });

  test("an existing key's ARN is the file's, whatever the lock says", () => {
    const key = { type: "kms-key", account: "shared", with: ["client"], existing: true, arn: KEY };
    const model = modelOf({ sharing: { shared: { ...key, keep: "policy.json", for: "ami" } } });
    const other = { ...EMPTY_LOCK, keys: { [ALIAS]: `${KEY}-other` } };

    expect(only(modelWithLock(model, other)).resource).toMatchObject({ keyArn: KEY });
    expect(modelWithLock(model, other).keyGrants[0].keyArn).toBe(KEY);
  });
});

test("the example of docs/sharing.md is right", () => {
  const docs = readFileSync(join(__dirname, "../../../docs/sharing.md"), "utf8");
  const example = /```json\n(.*?)```/s.exec(docs)?.[1];
  const { problems } = readFiles(
    { "accounts.json": example, "alarms-policy.json": "[]" },
    "accounts.json",
    { lock: "to be written" },
  );

  expect(example).toContain('"sharing"');
  expect(printed(problems)).toEqual([]);
});

test("the example organization resolves without errors", () => {
  const file = join(__dirname, "../../../examples/gruntwork/crosstrust.json");
  const { model, problems } = readModel(file, { lock: "to be written" });

  expect(printed(problems).filter((line) => !line.startsWith("warning: "))).toEqual([]);
  expect(model?.sharing.length).toBeGreaterThan(0);
});
