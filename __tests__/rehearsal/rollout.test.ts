import * as app from "../../src/app";
import type { Model } from "../../src/model/model";
import { rehearseChange } from "../../src/rehearsal/rehearse-change";
import { rehearse, type Rehearsal } from "../../src/rehearsal/rollout";
import type { RehearsedStep } from "../../src/rehearsal/round";
import { Synthesis } from "../../src/rehearsal/synthesis";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { confirmPrincipal } from "../../src/trust/lock-changes";
import { modelOf, modelOfFiles, sample } from "./model-of";

const nothing = (): void => undefined;
const HUB_ADMINISTRATOR = "arn:aws:iam::100000000004:role/OrganizationAccountAccessRole";
const DEPLOYER = "arn:aws:iam::100000000004:role/crosstrust-deployer";
const CI = "arn:aws:iam::100000000002:role/build/ci";
const UNIQUE_ID = "AROAEXAMPLEEXAMPLE01";
const NOW = "2026-11-23T10:00:00Z";
const VENDOR_ROLE = "arn:aws:iam::900000000001:role/audit";

/** `name by: stacks: changes`. */
function outline({ steps }: Rehearsal): readonly string[] {
  return steps.map((step) => {
    const stacks = step.stacks.map(({ stack }) => stack).join(" ");
    return `${step.name} by ${step.by}: ${stacks}: ${changed(step).join(", ")}`;
  });
}

function changed({ stacks }: RehearsedStep): readonly string[] {
  const counts = new Map<string, number>();
  for (const { action, attributes } of stacks.flatMap(({ result }) => result.changes)) {
    const what = [action, ...attributes].join(" ");
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, number]) => `${number} ${what}`);
}

function principalsOf(step: RehearsedStep, roleArn: string): readonly string[] {
  return step.access
    .filter((access) => access.roleArn === roleArn)
    .map(({ principal, by }) => `${principal} by ${by}`);
}

describe("the staged-bootstrap example", () => {
  const rehearsal = rehearse(modelOf(sample()), nothing);

  test("is tightened in six steps, each deployed by the right principal", () => {
    expect(rehearsal.outcome).toEqual({ kind: "tightened" });
    expect(outline(rehearsal)).toEqual([
      "bootstrap by administrator: shared-bootstrap client-bootstrap deploy-bootstrap: 6 create",
      "hub by hub-administrator: deploy: 3 create",
      "tighten bootstrap by administrator: shared-bootstrap client-bootstrap deploy-bootstrap: 3 update assume_role_policy",
      "accounts by deployer: shared client: 13 create",
      "accounts by administrator: root: 6 create",
      "tighten by deployer: client: 2 update assume_role_policy",
    ]);
    expect(rehearsal.steps.map(({ principal }) => principal)).toEqual([
      "arn:aws:iam::100000000001:user/administrator",
      HUB_ADMINISTRATOR,
      "arn:aws:iam::100000000001:user/administrator",
      DEPLOYER,
      "arn:aws:iam::100000000001:user/administrator",
      DEPLOYER,
    ]);
  });

  test("shows who can assume an execution role after each step", () => {
    const execution = "arn:aws:iam::100000000003:role/crosstrust-execution";
    const founder = "arn:aws:iam::100000000004:user/founder";
    expect(rehearsal.steps.slice(0, 3).map((step) => principalsOf(step, execution))).toEqual([
      [`${HUB_ADMINISTRATOR} by guarded account`, `${founder} by guarded account`],
      [
        `${HUB_ADMINISTRATOR} by guarded account`,
        `${DEPLOYER} by guarded account`,
        `${founder} by guarded account`,
      ].sort(),
      [`${DEPLOYER} by principal`],
    ]);
  });

  test("says after each step what is wider than its end", () => {
    expect(rehearsal.steps.map(({ wider }) => wider?.length)).toEqual([6, 9, 0, 1, 2, 0]);
  });

  test("confirms where the next step needs it, and only there", () => {
    const confirmed = rehearsal.steps.map(({ confirmation }) => confirmation?.confirmed);
    expect(confirmed).toEqual([
      undefined,
      [DEPLOYER],
      undefined,
      undefined,
      ["arn:aws:iam::100000000001:user/bob", "arn:aws:iam::100000000002:role/build/ci"],
      [],
    ]);
  });

  test("is rehearsed from nothing, whatever the lock confirms", () => {
    const lock = confirmPrincipal(EMPTY_LOCK, DEPLOYER, UNIQUE_ID, NOW);
    expect(rehearse(modelOf(sample(), lock), nothing)).toEqual(rehearsal);
  });

  test("tells of each step before it is made", () => {
    const told: string[] = [];
    rehearse(modelOf(sample()), nothing, ({ name, stacks }) =>
      told.push(`${name} ${stacks.length}`),
    );
    expect(told).toEqual([
      "bootstrap 3",
      "hub 1",
      "tighten bootstrap 3",
      "accounts 2",
      "accounts 1",
      "tighten 1",
    ]);
  });
});

test("only stacks whose lock entries changed are synthesized again", () => {
  const spy = jest.spyOn(app, "synthesizeInMemory");
  const synthesis = new Synthesis(nothing);
  const confirmed = (...arns: readonly string[]) =>
    modelOf(
      sample(),
      arns.reduce(
        (lock, arn, number) => confirmPrincipal(lock, arn, `AROAEXAMPLEEXAMPLE0${number}`, NOW),
        EMPTY_LOCK,
      ),
    );
  const stacks = ["shared-bootstrap", "deploy-bootstrap", "shared", "client", "deploy"];
  for (const model of [confirmed(), confirmed(), confirmed(CI), confirmed(CI, DEPLOYER)]) {
    expect([...synthesis.stacks(model, stacks).keys()]).toEqual(stacks);
  }
  const synthesized = spy.mock.calls.map(([, , only]) => [...(only ?? [])]);
  spy.mockRestore();
  expect(synthesized).toEqual([stacks, ["client"], ["shared-bootstrap", "deploy-bootstrap"]]);
});

describe("an organization without a bootstrap", () => {
  const accounts = (parts: Readonly<Record<string, unknown>>) => ({
    accounts: {
      management: { id: "100000000001", management: true },
      a: { id: "111122223333", ...parts },
      b: { id: "444455556666" },
    },
    roles: {
      reader: { accounts: ["a"], trusts: [{ account: "b", role: "app" }] },
      app: { accounts: ["b"], trusts: [{ service: "lambda.amazonaws.com" }] },
    },
  });

  test("is deployed by the administrator in two steps", () => {
    const rehearsal = rehearse(modelOf(accounts({})), nothing);
    expect(rehearsal.outcome).toEqual({ kind: "tightened" });
    expect(outline(rehearsal)).toEqual([
      "accounts by administrator: management a b: 3 create",
      "tighten by administrator: a: 1 update assume_role_policy",
    ]);
  });

  test("is deployed by the accounts' profiles where they have one", () => {
    const rehearsal = rehearse(modelOf(accounts({ profile: "a-admin" })), nothing);
    expect(rehearsal.outcome).toEqual({ kind: "tightened" });
  });

  test("shows AWS's refusal where one profile is to serve two accounts", () => {
    const file = accounts({ profile: "admin" });
    const b = { id: "444455556666", profile: "admin" };
    const rehearsal = rehearse(modelOf({ ...file, accounts: { ...file.accounts, b } }), nothing);
    expect(rehearsal.outcome).toEqual({
      kind: "refused",
      stack: "b",
      address: expect.stringMatching(/^provider/),
      error: "AWS account ID not allowed: 111122223333",
      reason: undefined,
    });
    expect(rehearsal.steps).toHaveLength(1);
    expect(rehearsal.steps[0].wider).toBeUndefined();
  });
});

describe("a principal that no stack makes", () => {
  const { accounts, roles, ...rest } = sample();
  const file = {
    ...rest,
    accounts,
    roles: {
      ...roles,
      Audit: {
        accounts: ["client"],
        trusts: [{ account: "vendor", role: "audit", externalId: "some_key" }],
      },
    },
  };
  const waiting = { kind: "waiting", principals: [VENDOR_ROLE] };
  const audit = "arn:aws:iam::100000000003:role/Audit";

  test("is waited for at the end, and everything else is tightened", () => {
    const { steps, outcome } = rehearse(modelOf(file), nothing);
    expect(outcome).toEqual(waiting);
    expect(steps.at(-1)?.wider).toEqual([
      expect.objectContaining({ roleArn: audit, principal: VENDOR_ROLE, by: "guarded account" }),
    ]);
  });

  test("is waited for also where the lock confirms it by hand", () => {
    const lock = confirmPrincipal(EMPTY_LOCK, VENDOR_ROLE, UNIQUE_ID, NOW);
    expect(rehearse(modelOf(file, lock), nothing).outcome).toEqual(waiting);
  });
});

describe("what is there before the rollout", () => {
  test("an existing role of a first deployer deploys, and is given its permission", () => {
    const { settings, roles, ...rest } = sample();
    const bootstrap = {
      deployer: { account: "deploy", role: "crosstrust-deployer" },
      firstDeployers: ["arn:aws:iam::100000000004:role/admins/founder"],
    };
    const founder = { accounts: ["deploy"], path: "/admins/", existing: true };
    const images = { accounts: ["client"], trusts: [{ account: "deploy", role: "founder" }] };
    const rehearsal = rehearse(
      modelOf({
        ...rest,
        settings: { ...settings, bootstrap },
        roles: { ...roles, founder, images },
      }),
      nothing,
    );
    expect(rehearsal.outcome).toEqual({ kind: "tightened" });
  });

  test("an imported role is taken over, and who can assume it is shown", () => {
    const { roles, ...rest } = sample();
    const Billing = {
      accounts: ["client"],
      import: true,
      trusts: [{ account: "root", user: "bob" }],
    };
    const { steps, outcome } = rehearse(
      modelOf({ ...rest, roles: { ...roles, Billing } }),
      nothing,
    );
    expect(outcome).toEqual({ kind: "tightened" });
    expect(changed(steps[3])).toContainEqual(expect.stringMatching(/^1 import assume_role_policy/));
    const last = steps[steps.length - 1];
    expect(principalsOf(last, "arn:aws:iam::100000000003:role/Billing")).toEqual([
      "arn:aws:iam::100000000001:user/bob by principal",
    ]);
  });

  test("an access role that accounts.json names as existing is there once", () => {
    const { roles, ...rest } = sample();
    const OrganizationAccountAccessRole = { accounts: ["client"], existing: true };
    const model = modelOf({ ...rest, roles: { ...roles, OrganizationAccountAccessRole } });
    expect(rehearse(model, nothing).outcome).toEqual({ kind: "tightened" });
  });
});

describe("Gruntwork's accounts.json", () => {
  const objects = {
    logs: { id: "111111111111", deploy_order: 5, root_user_email: "root+logs@example.com" },
    root: { id: "222222222222", deploy_order: 1, root_user_email: "root@example.com" },
    shared: { id: "333333333333", deploy_order: 4, root_user_email: "root+shared@example.com" },
    dev: { id: "", root_user_email: "root+dev@example.com" },
  };
  const ids = Object.fromEntries(Object.entries(objects).map(([name, { id }]) => [name, id]));
  const crosstrust = {
    accounts: "accounts.json",
    settings: { bootstrap: { deployer: { account: "shared", role: "deployer" } } },
    roles: {
      deployer: { accounts: ["shared"], trusts: [{ service: "codebuild.amazonaws.com" }] },
      ship: { accounts: ["logs"], trusts: [{ account: "shared", role: "ci" }] },
      ci: { accounts: ["shared"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    },
  };

  test.each([
    ["objects", objects, "shared-bootstrap logs-bootstrap"],
    ["IDs", ids, "logs-bootstrap shared-bootstrap"],
  ])(
    "of %s comes to its end through a crosstrust.json beside it, the planned account left out",
    (_, gruntwork, first) => {
      const model = modelOfFiles({ "crosstrust.json": crosstrust, "accounts.json": gruntwork });
      const { steps, outcome } = rehearse(model, nothing);
      expect(outcome).toEqual({ kind: "tightened" });
      expect(steps[0].stacks.map(({ stack }) => stack).join(" ")).toBe(first);
      const deployed = new Set(steps.flatMap(({ stacks }) => stacks.map(({ stack }) => stack)));
      expect([...deployed].sort()).toEqual([
        "logs",
        "logs-bootstrap",
        "root",
        "shared",
        "shared-bootstrap",
      ]);
    },
  );
});

describe("with sealed sessions", () => {
  const BUILD_ROLE = "arn:aws:iam::100000000003:role/crosstrust/BuildRole";
  const EXECUTION = "arn:aws:iam::100000000003:role/crosstrust-execution";
  const seal = { before: NOW, until: "2026-11-23T11:00:00Z" };
  const unsealed = rehearse(modelOf(sample()), nothing);
  const lock = { ...EMPTY_LOCK, sealed: { [BUILD_ROLE]: seal, [EXECUTION]: seal } };
  const sealed = rehearse(modelOf(sample(), lock), nothing);

  test("has their denials in the account's stack and the bootstrap stack, and the same way to the end", () => {
    expect(sealed.outcome).toEqual({ kind: "tightened" });
    const denials = sealed.steps.flatMap(({ stacks }) =>
      stacks.flatMap(({ stack, result }) =>
        result.changes
          .filter(({ address }) => address.includes("revoke-older-sessions"))
          .map(({ action }) => `${action} in ${stack}`),
      ),
    );
    expect(denials).toEqual(["create in client-bootstrap", "create in client"]);
  });

  test("come into being as the one change since files without them", () => {
    const before = modelOf(sample());
    const after = { ...modelOf(sample(), lock), folder: before.folder };
    const change = rehearseChange(before, after, nothing);
    expect(change.outcome).toEqual({ kind: "tightened" });
    expect(outline(change)).toEqual([
      "tighten bootstrap by administrator: client-bootstrap: 1 create",
      "tighten by deployer: client: 1 create",
    ]);
    expect([change.gained, change.lost]).toEqual([[], []]);
  });

  test("make their stacks be synthesized again", () => {
    const synthesis = new Synthesis(nothing);
    const client = (model: Model) => synthesis.stacks(model, ["client"]).get("client");
    expect(client(modelOf(sample(), lock))).not.toEqual(client(modelOf(sample())));
  });

  test("lets in with new sessions whom it lets in without a seal", () => {
    const accesses = ({ steps }: Rehearsal) => steps.map(({ access }) => access);
    expect(accesses(sealed)).toEqual(accesses(unsealed));
  });
});
