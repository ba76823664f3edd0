import fc from "fast-check";
import type { Model } from "../../../src/model/model";
import { nextSteps } from "../../../src/model/rollout/next-steps";
import { trackTrusts } from "../../../src/model/rollout/trust-progress";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { afterNextSteps, deployAndConfirm, modelOf, rolledOut } from "../deployed";
import { ACCOUNTS, type Change } from "../organization";

const OIDC = {
  oidc: {
    issuer: "https://token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    subject: "repo:acme/infra:ref:refs/heads/main",
  },
};
const HUB = { deploy: { id: "100000000004" } };
const BOOTSTRAP = { bootstrap: { deployer: { account: "deploy", role: "deployer" } } };
const DEPLOYER = { accounts: ["deploy"], trusts: [OIDC] };
const CI = { accounts: ["shared"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] };
const APP = { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] };
const ADMIN = { accounts: ["root"], trusts: [{ account: "shared", role: "ci" }] };

const PLAIN: Change = { roles: { ci: CI, app: APP } };
const STAGED: Change = {
  accounts: { ...ACCOUNTS, ...HUB },
  settings: BOOTSTRAP,
  roles: { deployer: DEPLOYER, ci: CI, app: APP },
};

const DEPLOYER_ARN = "arn:aws:iam::100000000004:role/deployer";
const CI_ARN = "arn:aws:iam::444455556666:role/ci";

/** The steps as a table: name, who, stacks. */
function steps(model: Model): readonly (readonly [string, string, string])[] {
  return nextSteps(model).map(({ name, by, stacks }) => [name, by, stacks.join(" ")]);
}

/** The same lock under changed files. */
function changed(model: Model, change: Change): Model {
  return modelWithLock(modelOf(change), model.lock);
}

describe("without a bootstrap", () => {
  test("every stack is deployed by an administrator at first", () => {
    expect(steps(modelOf(PLAIN))).toEqual([["accounts", "administrator", "client shared root"]]);
  });

  test("then the stacks whose trust tightens, and no other", () => {
    const model = afterNextSteps(modelOf(PLAIN));

    expect(steps(model)).toEqual([["tighten", "administrator", "client"]]);
    expect(steps(afterNextSteps(model))).toEqual([]);
  });

  test("accounts with a deploy order come first, in that order", () => {
    const model = modelOf({
      accounts: {
        ...ACCOUNTS,
        shared: { id: "444455556666", deploy_order: 2 },
        root: { id: "100000000001", management: true, deploy_order: 1 },
      },
      roles: PLAIN.roles,
    });

    expect(steps(model)).toEqual([["accounts", "administrator", "root shared client"]]);
  });

  test("a principal of an external account is waited for with nothing to deploy", () => {
    const trust = { account: "vendor", role: "audit", externalId: "some-key" };
    const model = rolledOut(modelOf({ trust }));

    expect(steps(model)).toEqual([]);
    expect(trackTrusts(model).map(({ progress }) => progress)).toEqual(["waiting"]);
  });

  test("a principal of an external account that is confirmed by hand makes its trust due", () => {
    const model = rolledOut(modelOf({ trust: { account: "vendor", role: "audit" } }));
    const audit = "arn:aws:iam::900000000001:role/audit";
    const principals = { [audit]: { uniqueId: "AROAAUDIT", confirmedAt: "2026-11-23T10:00:00Z" } };

    expect(steps(modelWithLock(model, { ...model.lock, principals }))).toEqual([
      ["tighten", "administrator", "client"],
    ]);
  });
});

describe("with a bootstrap", () => {
  const first = modelOf(STAGED);

  test("execution roles come first, then the hub, and nothing else before it is confirmed", () => {
    expect(steps(first)).toEqual([
      ["bootstrap", "administrator", "client-bootstrap shared-bootstrap deploy-bootstrap"],
      ["hub", "hub-administrator", "deploy"],
    ]);
  });

  test("with the deployer confirmed they tighten, before the accounts are deployed through them", () => {
    expect(steps(afterNextSteps(first))).toEqual([
      ["tighten bootstrap", "administrator", "client-bootstrap shared-bootstrap deploy-bootstrap"],
      ["accounts", "deployer", "client shared"],
      ["accounts", "administrator", "root"],
    ]);
  });

  test("then what tightens is deployed by the deployer, and it ends", () => {
    const model = afterNextSteps(afterNextSteps(first));

    expect(steps(model)).toEqual([["tighten", "deployer", "client"]]);
    expect(steps(afterNextSteps(model))).toEqual([]);
  });

  test("the management account's stack is its administrator's, also to tighten", () => {
    const model = modelOf({ ...STAGED, roles: { deployer: DEPLOYER, ci: CI, admin: ADMIN } });

    expect(steps(afterNextSteps(afterNextSteps(model)))).toEqual([
      ["tighten", "administrator", "root"],
    ]);
  });

  test("the management account with a bootstrap stack of its own is the deployer's", () => {
    const root = { ...ACCOUNTS.root, bootstrap: true };
    const accounts = { ...ACCOUNTS, ...HUB, root };
    const model = modelOf({ ...STAGED, accounts });

    expect(steps(afterNextSteps(model)).at(-1)).toEqual([
      "accounts",
      "deployer",
      "client shared root",
    ]);
  });

  test("the bucket for the states comes before all", () => {
    const backend = { type: "s3", bucket: "acme-states", createBucket: "local" };
    const model = modelOf({ ...STAGED, settings: { ...BOOTSTRAP, backend } });

    expect(steps(model).at(0)).toEqual(["state bucket", "administrator", "state-bucket"]);
  });
});

describe("after the rollout", () => {
  const done = rolledOut(modelOf(STAGED));

  test("a new account gets its execution role, the deployer its permission, and then its stack", () => {
    const accounts = { ...ACCOUNTS, ...HUB, added: { id: "100000000005" } };
    const model = changed(done, { ...STAGED, accounts });

    expect(steps(model)).toEqual([
      ["bootstrap", "administrator", "added-bootstrap"],
      ["hub", "deployer", "deploy"],
      ["accounts", "deployer", "added"],
    ]);
    expect(steps(rolledOut(model))).toEqual([]);
  });

  test("a new trust in a confirmed role is deployed at its end state at once, with its other half", () => {
    const roles = {
      deployer: DEPLOYER,
      ci: CI,
      app: APP,
      more: { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] },
    };
    const model = changed(done, { ...STAGED, roles });

    expect(steps(model)).toEqual([["tighten", "deployer", "client shared"]]);
    expect(steps(afterNextSteps(model))).toEqual([]);
  });

  test("a new trust in a new role deploys both stacks, then the trusting one again", () => {
    const roles = {
      deployer: DEPLOYER,
      ci: CI,
      app: { ...APP, trusts: [...APP.trusts, { account: "shared", role: "cd" }] },
      cd: CI,
    };
    const model = changed(done, { ...STAGED, roles });

    expect(steps(model)).toEqual([["tighten", "deployer", "client shared"]]);
    expect(steps(afterNextSteps(model))).toEqual([["tighten", "deployer", "client"]]);
  });

  test("a trust that was reopened is deployed wider, confirmed, and tightened", () => {
    const principals = {
      ...done.lock.principals,
      [CI_ARN]: { ...done.lock.principals[CI_ARN], reopenedIn: ["111122223333"] },
    };
    const model = modelWithLock(done, { ...done.lock, principals });

    expect(steps(model)).toEqual([["tighten", "deployer", "client"]]);
    const wider = modelWithLock(model, deployAndConfirm(model, ["client"]).lock);
    expect(steps(wider)).toEqual([["tighten", "deployer", "shared"]]);
    expect(steps(rolledOut(wider))).toEqual([]);
  });

  test("a deployer that is lost comes back by the hub alone", () => {
    const principals = {
      ...done.lock.principals,
      [DEPLOYER_ARN]: { ...done.lock.principals[DEPLOYER_ARN], reopenedIn: ["100000000004"] },
    };
    const model = modelWithLock(done, { ...done.lock, principals });

    expect(steps(model)).toEqual([
      ["bootstrap", "administrator", "deploy-bootstrap"],
      ["hub", "hub-administrator", "deploy"],
    ]);
  });

  test("a deployer with a new unique id makes every execution role due", () => {
    const { lock } = deployAndConfirm(done, ["deploy"], [DEPLOYER_ARN]);

    expect(steps(modelWithLock(done, lock))).toEqual([
      ["tighten bootstrap", "administrator", "client-bootstrap shared-bootstrap deploy-bootstrap"],
    ]);
  });
});

test("steps end with every trust tightened and applied, whoever trusts whom", () => {
  const names = ["client", "shared", "deploy"];
  const edge = fc.record({
    trusting: fc.constantFrom(...names, "root"),
    trusted: fc.constantFrom(...names, "root"),
    tighten: fc.constantFrom("role", "unique-id", "principal-arn", "never"),
  });
  fc.assert(
    fc.property(fc.uniqueArray(edge, { maxLength: 6 }), fc.boolean(), (edges, isStaged) => {
      const roles = Object.fromEntries([
        ...[...names, "root"].map((name) => [`ci-${name}`, { ...CI, accounts: [name] }] as const),
        ...edges.map(({ trusting, trusted, tighten }, position) => [
          `app-${position}`,
          {
            accounts: [trusting],
            trusts: [{ account: trusted, role: `ci-${trusted}`, tighten }],
          },
        ]),
        ["deployer", DEPLOYER],
      ]);
      const model = rolledOut(
        modelOf({
          accounts: { ...ACCOUNTS, ...HUB },
          ...(isStaged && { settings: BOOTSTRAP }),
          roles,
        }),
      );
      for (const { trust, progress } of trackTrusts(model)) {
        const isStagedTrust = trust.tighten === "role" || trust.tighten === "unique-id";
        expect(progress).toBe(isStagedTrust ? "done" : "kept");
      }
    }),
    { numRuns: 60 },
  );
});

describe("with a state bucket of ours", () => {
  const backend = {
    type: "s3",
    bucket: "acme-terraform",
    administrators: ["arn:aws:iam::100000000001:user/admin"],
  };
  const withBucket = (createBucket: string): Model =>
    modelOf({ ...STAGED, settings: { ...BOOTSTRAP, backend: { ...backend, createBucket } } });

  test("it is deployed before everything else, once", () => {
    const model = withBucket("local");

    expect(steps(model)[0]).toEqual(["state bucket", "administrator", "state-bucket"]);
    expect(steps(afterNextSteps(model)).map(([name]) => name)).not.toContain("state bucket");
  });

  test("a bucket that stands already is no step", () => {
    expect(steps(withBucket("stored")).map(([name]) => name)).not.toContain("state bucket");
    expect(steps(withBucket("no")).map(([name]) => name)).not.toContain("state bucket");
  });
});
