import { synthesizeInMemory } from "../../src/app";
import type { Model } from "../../src/model/model";
import { changedStacks } from "../../src/model/rollout/changed-stacks";
import { confirmed, modelOf, NO_EXTENSION, trustedArns } from "./organization";

/*
 * What one more line in accounts.json changes: the stacks that must know the account and its own; every
 * other stack's JSON stays the same byte for byte.
 */

const SERVICE = [{ service: "ecs-tasks.amazonaws.com" }];

/** What an organization has besides accounts; each is a variant of how accounts are known. */
interface Variant {
  readonly organizationId?: string;
  readonly aggregator: boolean;
  /** Numbers of accounts to which one is added. */
  readonly sizes: readonly number[];
  /** Stacks that must learn of an account, besides its own. */
  readonly told: readonly string[];
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  "in an organization": {
    organizationId: "o-a1b2c3d4e5",
    aggregator: false,
    sizes: [3, 30, 300],
    told: ["security", "shared"],
  },
  "in an organization, with an aggregator, whose list is always whole": {
    organizationId: "o-a1b2c3d4e5",
    aggregator: true,
    sizes: [3, 30],
    told: ["logs", "security", "shared"],
  },
  "by a list of accounts": {
    aggregator: false,
    sizes: [3, 30, 300],
    told: ["logs", "security", "shared"],
  },
};

/** So many accounts besides the management account, and one called `added` where it is asked for. */
function organization(accounts: number, added: boolean, variant: Variant): Model {
  const members = Array.from({ length: accounts - 3 }, (_, number) => [
    `member-${number}`,
    // A key's policy holds a grant for some dozens of accounts, not for hundreds.
    { id: String(200_000_000_000 + number), ou: number < 20 ? "workloads/images" : "workloads" },
  ]);
  const { organizationId, aggregator } = variant;
  return modelOf({
    settings: {
      ...(organizationId !== undefined && { organizationId }),
      bootstrap: { deployer: { account: "shared", role: "deployer" } },
    },
    accounts: {
      root: { id: "100000000001", management: true },
      logs: { id: "100000000002" },
      security: { id: "100000000003", ou: "workloads/images" },
      shared: { id: "100000000004" },
      ...Object.fromEntries(members),
      ...(added && { added: { id: "300000000000", ou: "workloads/images" } }),
    },
    identities: { security: { users: { grace: {} }, groups: { platform: { users: ["grace"] } } } },
    roles: {
      deployer: { accounts: ["shared"], trusts: SERVICE },
      runner: { accounts: ["shared"], trusts: SERVICE },
      reader: { accounts: ["security"], trusts: SERVICE },
      deploy: {
        accounts: ["*"],
        except: ["shared"],
        notify: true,
        trusts: [{ account: "shared", role: "runner" }],
      },
      platform: { accounts: ["*"], trusts: [{ account: "security", group: "platform" }] },
    },
    logs: {
      account: "logs",
      key: { alias: "logs" },
      cloudtrail: { bucket: "acme-cloudtrail" },
      config: { bucket: "acme-config", aggregator },
    },
    // The bus lists the accounts that may send: it is in an account that is told in any case.
    notifications: { account: "security", email: ["security@example.com"] },
    sharing: {
      "ami-key": {
        type: "kms-key",
        account: "shared",
        with: ["ou:workloads/images"],
        for: "ami",
        alias: "ami",
      },
      images: { type: "ecr-repository", account: "shared", name: "images", with: ["*"] },
      artifacts: { type: "s3-bucket", account: "shared", name: "acme-artifacts", with: ["*"] },
      token: {
        type: "secret",
        account: "shared",
        name: "git-token",
        with: [{ account: "security", role: "reader" }],
      },
    },
  });
}

/** Changes by stack, sorted: `<stack> <change>`. */
function changes(before: Model, after: Model): readonly string[] {
  const synthesized = (model: Model) => ({
    model,
    stacks: synthesizeInMemory(model, NO_EXTENSION),
  });
  return changedStacks(synthesized(before), synthesized(after))
    .map(({ stack, change }) => `${stack} ${change}`)
    .sort();
}

describe.each(Object.keys(VARIANTS))("%s", (name) => {
  const variant = VARIANTS[name];
  const told = variant.told.map((stack) => `${stack} changed`);

  test.each(variant.sizes)(
    "an account more than %i changes the stacks that must know it and its own, and no other",
    (accounts) => {
      const before = organization(accounts, false, variant);
      const after = organization(accounts, true, variant);
      expect(changes(before, after)).toEqual(["added new", "added-bootstrap new", ...told].sort());
    },
  );

  test("taking it away is the mirror image", () => {
    expect(changes(organization(30, true, variant), organization(30, false, variant))).toEqual(
      ["added gone", "added-bootstrap gone", ...told].sort(),
    );
  });

  test("it is the same once everything is confirmed", () => {
    const before = organization(30, false, variant);
    const arns = trustedArns(before);
    const after = organization(30, true, variant);
    expect(changes(confirmed(before, arns), confirmed(after, arns))).toEqual(
      ["added new", "added-bootstrap new", ...told].sort(),
    );
  });
});
