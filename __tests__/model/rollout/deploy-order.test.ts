import type { Model } from "../../../src/model/model";
import { deployOrderWarnings } from "../../../src/model/rollout/check-deploy-order";
import { DeployOrder } from "../../../src/model/rollout/deploy-order";
import { nextSteps } from "../../../src/model/rollout/next-steps";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { afterNextSteps, modelOf, rolledOut } from "../deployed";
import { printed } from "../folder";
import type { Change } from "../organization";

const DEV = { id: "111111111101", deploy_order: 1 };
const LOGS = { id: "111111111105", deploy_order: 5 };
const PROD = { id: "111111111102", deploy_order: 2 };
const LATE = { id: "111111111103", deploy_order: 3 };
const HUB = { id: "111111111104" };
const SERVICE = [{ service: "ecs-tasks.amazonaws.com" }];
const BOOTSTRAP = { bootstrap: { deployer: { account: "hub", role: "deployer" } } };

const LOGGED: Change = {
  accounts: { prod: PROD, dev: DEV, logs: LOGS },
  roles: { app: { accounts: ["dev"], trusts: SERVICE } },
  logs: { account: "logs", cloudtrail: { bucket: "acme-cloudtrail" } },
};
const WITH_KEY: Change = {
  accounts: { prod: PROD, dev: DEV, logs: LOGS },
  roles: { app: { accounts: ["dev"], trusts: SERVICE } },
  sharing: {
    "ami-key": { type: "kms-key", account: "logs", with: ["dev"], for: "ami", alias: "ami" },
  },
};

function steps(model: Model): readonly string[] {
  return nextSteps(model).map(({ name, stacks }) => `${name}: ${stacks.join(" ")}`);
}

function changed(model: Model, change: Change): Model {
  return modelWithLock(modelOf(change), model.lock);
}

function warnings(model: Model): readonly string[] {
  return printed(deployOrderWarnings(model)).map((text) => text.replace(/^(warning: )\S+ /, "$1"));
}

describe("a bucket policy", () => {
  const first = modelOf(LOGGED);

  test("goes before the trails that need it, whatever deploy_order says, and the rest by deploy_order", () => {
    expect(steps(first)).toEqual(["accounts: logs", "accounts: dev prod"]);
    expect(new DeployOrder(first).accounts.map(({ name }) => name)).toEqual([
      "logs",
      "dev",
      "prod",
    ]);
  });

  test("is waited for by a new account alone once the others are applied", () => {
    const model = changed(rolledOut(first), {
      ...LOGGED,
      accounts: { prod: PROD, late: LATE, dev: DEV, logs: LOGS },
    });

    expect(steps(model)).toEqual(["accounts: logs", "accounts: late"]);
    expect(steps(afterNextSteps(model))).toEqual([]);
  });

  test("of an organization is not waited for once it is applied: no account is named", () => {
    const inOrganization: Change = { ...LOGGED, settings: { organizationId: "o-a1b2c3d4e5" } };
    const done = rolledOut(modelOf(inOrganization));
    const model = changed(done, {
      ...inOrganization,
      accounts: { prod: PROD, late: LATE, dev: DEV, logs: LOGS },
    });

    expect(steps(model)).toEqual(["accounts: late"]);
  });

  test("goes before the hub's stack too, by the hub's administrator", () => {
    const model = modelOf({
      ...LOGGED,
      accounts: { hub: HUB, dev: DEV, logs: LOGS },
      settings: BOOTSTRAP,
      roles: { deployer: { accounts: ["hub"], trusts: SERVICE } },
    });

    expect(nextSteps(model).map(({ name, by, stacks }) => [name, by, ...stacks])).toEqual([
      ["bootstrap", "administrator", "dev-bootstrap", "logs-bootstrap", "hub-bootstrap"],
      ["hub", "hub-administrator", "logs"],
      ["hub", "hub-administrator", "hub"],
    ]);
  });
});

describe("a key policy", () => {
  const done = rolledOut(modelOf(WITH_KEY));
  const key = { type: "kms-key", account: "logs", for: "ami", alias: "ami" };

  test("is not waited for while the key itself is not confirmed: no grant is made", () => {
    expect(steps(modelOf(WITH_KEY))).toEqual(["accounts: dev prod logs"]);
  });

  test("goes before the grant of an account that it does not name yet", () => {
    const model = changed(done, {
      ...WITH_KEY,
      sharing: { "ami-key": { ...key, with: ["dev", "prod"] } },
    });

    expect(steps(model)).toEqual(["tighten: logs", "tighten: prod"]);
    expect(steps(afterNextSteps(model))).toEqual([]);
  });
});

describe("a deploy_order that says otherwise is a warning", () => {
  test("once per account that goes first, with those that wait", () => {
    expect(warnings(modelOf(LOGGED))).toEqual([
      "warning: accounts.logs: expected a deploy_order by which logs comes first, whose bucket policy their trails and delivery channels need, found deploy_order 1 of dev and 2 of prod before 5 of logs: logs goes first all the same, do: give logs a smaller deploy_order, or leave it: status names the commands in the right order",
    ]);
  });

  test("not where it agrees, nor once all is applied", () => {
    const agreeing = { prod: PROD, dev: DEV, logs: { ...LOGS, deploy_order: 0 } };

    expect(warnings(modelOf({ ...LOGGED, accounts: agreeing }))).toEqual([]);
    expect(warnings(rolledOut(modelOf(LOGGED)))).toEqual([]);
  });
});

test("stacks that wait for one another are a warning: no order is right", () => {
  const before = rolledOut(
    modelOf({
      accounts: { hub: HUB, dev: DEV },
      settings: BOOTSTRAP,
      roles: { deployer: { accounts: ["hub"], trusts: SERVICE } },
    }),
  );
  const model = changed(before, {
    accounts: { hub: HUB, dev: DEV, logs: { id: LOGS.id } },
    settings: BOOTSTRAP,
    roles: { deployer: { accounts: ["hub"], trusts: SERVICE } },
    logs: { account: "logs", cloudtrail: { bucket: "acme-cloudtrail" } },
  });

  expect(warnings(model)).toEqual([
    expect.stringContaining("AWS refuses whichever is deployed first"),
  ]);
});

test("among many accounts only what is waited for is moved", () => {
  const accounts = Object.fromEntries(
    Array.from({ length: 300 }, (_, number) => [
      `a${number}`,
      { id: String(200_000_000_000 + number), deploy_order: 300 - number },
    ]),
  );
  const model = modelOf({ ...LOGGED, accounts: { ...accounts, logs: LOGS, dev: DEV } });
  const [first, second] = nextSteps(model);

  expect(first.stacks).toEqual(["logs"]);
  expect(second.stacks).toHaveLength(301);
  expect(second.stacks.slice(0, 2)).toEqual(["a299", "dev"]);
});
