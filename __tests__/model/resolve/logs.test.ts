import { logNotes } from "../../../src/model/log-notes";
import type { Logging } from "../../../src/model/model";
import { EMPTY_LOCK_FILE } from "../organization";
import { printed, readFiles } from "../folder";

const ACCOUNTS = {
  root: { id: "100000000001", management: true },
  logs: { id: "111122223333", region: "eu-west-1" },
  dev: { id: "444455556666", region: "eu-central-1" },
  vendor: { id: "900000000001", external: true },
  later: "",
};
const LOGS = {
  account: "logs",
  cloudtrail: { bucket: "acme-cloudtrail" },
  config: { bucket: "acme-config", aggregator: true },
};
const IN_ORGANIZATION = { organizationId: "o-a1b2c3d4e5" };

function read(file: Readonly<Record<string, unknown>>) {
  return readFiles({ "trust.lock.json": EMPTY_LOCK_FILE, "accounts.json": file });
}

/** What each account has of `logs`, by name; the file has no problem. */
function loggingOf(
  file: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Logging | undefined>> {
  const { model, problems } = read({ accounts: ACCOUNTS, logs: LOGS, ...file });
  expect(printed(problems)).toEqual([]);
  return Object.fromEntries((model?.logging ?? []).map((each) => [each.account.name, each]));
}

function sourcesOf(file: Readonly<Record<string, unknown>>): readonly unknown[] {
  return (loggingOf(file).logs?.buckets ?? []).map(({ sources }) => sources);
}

describe("whose logs the buckets take", () => {
  test("is the organization's, where all accounts are in it", () => {
    const organization = { kind: "organization", organizationId: "o-a1b2c3d4e5" };
    expect(sourcesOf({ settings: IN_ORGANIZATION })).toEqual([organization, organization]);
  });

  test("are the accounts', the management account's included, without an organization", () => {
    const accounts = {
      kind: "accounts",
      accountIds: ["100000000001", "111122223333", "444455556666"],
    };
    expect(sourcesOf({})).toEqual([accounts, accounts]);
  });

  test("are the accounts', where one of them is in no organization", () => {
    const [sources] = sourcesOf({
      settings: IN_ORGANIZATION,
      accounts: { ...ACCOUNTS, dev: { ...ACCOUNTS.dev, organization: false } },
    });
    expect(sources).toMatchObject({ kind: "accounts" });
  });

  test("are by organization again, once that account is left out", () => {
    const [sources] = sourcesOf({
      settings: IN_ORGANIZATION,
      accounts: { ...ACCOUNTS, dev: { ...ACCOUNTS.dev, organization: false } },
      logs: { ...LOGS, except: ["dev"] },
    });
    expect(sources).toMatchObject({ kind: "organization" });
  });

  test("leaves out of Config's bucket the accounts that have a recorder", () => {
    const [trails, config] = sourcesOf({
      logs: { ...LOGS, config: { ...LOGS.config, existing: ["dev"] } },
    });
    expect(trails).toMatchObject({ accountIds: ["100000000001", "111122223333", "444455556666"] });
    expect(config).toMatchObject({ accountIds: ["100000000001", "111122223333"] });
  });

  test("is one trail's alone, where the organization has it", () => {
    const [trails] = sourcesOf({
      settings: IN_ORGANIZATION,
      logs: { ...LOGS, cloudtrail: { ...LOGS.cloudtrail, organizationTrail: true } },
    });
    expect(trails).toEqual({
      kind: "organization-trail",
      organizationId: "o-a1b2c3d4e5",
      accountId: "100000000001",
      trailArn: "arn:aws:cloudtrail:us-east-1:100000000001:trail/crosstrust",
    });
  });
});

describe("trails", () => {
  test("stand in every account that gets a stack, but for those left out", () => {
    const logging = loggingOf({ logs: { ...LOGS, except: ["dev"] } });
    expect(Object.keys(logging)).toEqual(["root", "logs"]);
    expect(logging.root?.trail).toEqual({
      name: "crosstrust",
      kind: "account",
      bucket: "acme-cloudtrail",
    });
  });

  test("of the organization stand in the management account alone, under the name that is given", () => {
    const logging = loggingOf({
      settings: IN_ORGANIZATION,
      logs: {
        ...LOGS,
        cloudtrail: { ...LOGS.cloudtrail, organizationTrail: true, trailName: "everything" },
      },
    });
    expect(Object.entries(logging).map(([name, each]) => [name, each?.trail?.kind])).toEqual([
      ["root", "organization"],
      ["logs", undefined],
      ["dev", undefined],
    ]);
    expect(logging.root?.trail?.name).toBe("everything");
  });
});

describe("Config", () => {
  const AGGREGATOR = { accountId: "111122223333", region: "eu-west-1" };

  test("records in each account's own Region, with global resources", () => {
    expect(loggingOf({}).dev?.config).toEqual([
      {
        region: "eu-central-1",
        recorder: "defined",
        bucket: "acme-config",
        aggregator: AGGREGATOR,
        includeGlobalResources: true,
      },
    ]);
  });

  test("records in the Regions that are listed, with global resources in the account's own", () => {
    const { dev, root } = loggingOf({ logs: { ...LOGS, regions: ["eu-west-1", "eu-central-1"] } });
    const globals = (each?: Logging) =>
      each?.config.map((recording) => [
        recording.region,
        recording.recorder === "defined" && recording.includeGlobalResources,
      ]);
    expect(globals(dev)).toEqual([
      ["eu-central-1", true],
      ["eu-west-1", false],
    ]);
    // Its own Region is not among them.
    expect(globals(root)).toEqual([
      ["eu-central-1", true],
      ["eu-west-1", false],
    ]);
  });

  test("authorizes alone, where there is a recorder", () => {
    const { dev } = loggingOf({ logs: { ...LOGS, config: { ...LOGS.config, existing: ["dev"] } } });
    expect(dev?.config).toMatchObject([{ recorder: "existing", aggregator: AGGREGATOR }]);
  });

  test("authorizes alone everywhere, where every account has a recorder: there is no bucket", () => {
    const config = { aggregator: true, existing: ["*", "root"] };
    const logging = loggingOf({ logs: { account: "logs", config } });
    expect(logging.logs?.buckets).toEqual([]);
    expect(logging.logs?.aggregator?.accountIds).toHaveLength(3);
    for (const each of Object.values(logging)) {
      expect(each?.config).toEqual([
        { region: each?.account.region, recorder: "existing", aggregator: AGGREGATOR },
      ]);
    }
  });

  test("is left alone, where there is a recorder and no aggregator", () => {
    const config = { bucket: "acme-config", existing: ["dev"] };
    expect(loggingOf({ logs: { ...LOGS, config } }).dev?.config).toEqual([]);
  });

  test("is aggregated from all accounts that have it, in all of their Regions", () => {
    const logs = { ...LOGS, config: { ...LOGS.config, existing: ["dev"] } };
    expect(loggingOf({ logs }).logs?.aggregator).toEqual({
      name: "crosstrust",
      partition: "aws",
      ...AGGREGATOR,
      accountIds: ["100000000001", "111122223333", "444455556666"],
      regions: ["eu-central-1", "eu-west-1", "us-east-1"],
    });
  });

  test("takes the service-linked role that an account has", () => {
    const dev = { ...ACCOUNTS.dev, existingServiceLinkedRoles: ["config"] };
    const logging = loggingOf({ accounts: { ...ACCOUNTS, dev } });
    expect(logging.dev?.configServiceLinkedRole).toBe("existing");
    expect(logging.logs?.configServiceLinkedRole).toBe("defined");
  });
});

describe("a policy that lists accounts", () => {
  const LOGS_OF_MANY = { account: "a0", cloudtrail: { bucket: "acme-cloudtrail" } };
  const many = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, each) => [`a${each}`, `${200000000000 + each}`]),
    );
  const problemsWith = (count: number, settings?: object) =>
    printed(read({ logs: LOGS_OF_MANY, accounts: many(count), settings }).problems);

  test("is refused with more accounts than fit, saying how many do", () => {
    expect(problemsWith(1_332)).toEqual([
      "accounts.json:2:3 logs: expected at most 1331 accounts: more do not fit the policy of bucket acme-cloudtrail (20480 bytes), found 1332, do: write settings.organizationId: the policy then names the organization alone, whatever its accounts",
    ]);
  });

  test.each([
    [1_331, 0],
    [1_312, 19],
  ])("of %i accounts is warned of: %i more fit", (count, more) => {
    expect(problemsWith(count)).toEqual([
      `warning: accounts.json:2:3 logs: expected room for more accounts in the policy of bucket acme-cloudtrail (20480 bytes), found ${count}; ${more} more accounts fit, do: write settings.organizationId: the policy then names the organization alone, whatever its accounts`,
    ]);
  });

  test("is not warned of while 20 more fit, nor in an organization", () => {
    expect(problemsWith(1_311)).toEqual([]);
    expect(problemsWith(1_332, IN_ORGANIZATION)).toEqual([]);
  });
});

describe("the form of the file", () => {
  test("stays Gruntwork's where `logs` is an account", () => {
    const { model } = read({ logs: { id: "111122223333" }, dev: "444455556666" });
    expect(model?.accounts.map(({ name }) => name)).toEqual(["logs", "dev"]);
    expect(model?.logging).toEqual([]);
  });

  test("is the full one where `logs` is none", () => {
    const { problems } = read({ logs: LOGS });
    expect(printed(problems)).toEqual([
      'accounts.json:1:1 accounts: expected at least one account, found none, do: add one: { "name": { "id": "111122223333" } }',
    ]);
  });
});

describe("what logs cannot hold", () => {
  const notesOf = (logs: object | undefined) => {
    const { model } = read({ settings: IN_ORGANIZATION, accounts: ACCOUNTS, logs });
    return model && logNotes(model);
  };

  test("is told once, where accounts have trails of their own", () => {
    expect(notesOf(LOGS)).toEqual([
      "An account's administrator can stop its own trail: an organization trail, or a service control policy, holds that (docs/logs.md)",
    ]);
  });

  test.each([
    [
      "the organization has one",
      { ...LOGS, cloudtrail: { bucket: "acme-cloudtrail", organizationTrail: true } },
    ],
    ["there is no trail", { account: "logs", config: LOGS.config }],
    ["there are no logs", undefined],
  ])("is not told where %s", (_, logs) => {
    expect(notesOf(logs)).toEqual([]);
  });
});
