import { synthesizeInMemory } from "../../src/app";
import type { Model } from "../../src/model/model";
import { confirmOutputs } from "../../src/model/rollout/confirmation";
import { nextSteps, type DeployedBy } from "../../src/model/rollout/next-steps";
import { tryParseStackOutputs, type StackOutputs } from "../../src/model/rollout/stack-outputs";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { assumeRole } from "../../src/rehearsal/assume-role";
import { deployStack, type DeployResult } from "../../src/rehearsal/deploy";
import { principalOf } from "../../src/rehearsal/principal";
import { rehearse } from "../../src/rehearsal/rollout";
import { buildWorld, type World } from "../../src/rehearsal/world";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { reopenPrincipal } from "../../src/trust/lock-changes";
import { example, sampleWithOnlyPaths } from "../only-path/example";

const HUB = "100000000002";
const PROD = "100000000004";
const DEPLOYER = `arn:aws:iam::${HUB}:role/crosstrust-deployer`;
const HOW = { now: "2026-11-23T10:00:00Z", acceptRecreated: true };

/** examples/only-path, deployed stack by stack. */
class Organization {
  readonly model = example();
  readonly world: World = buildWorld(this.model);
  lock: Lock = EMPTY_LOCK;
  private readonly outputs = new Map<string, StackOutputs>();

  get current() {
    return modelWithLock(this.model, this.lock);
  }

  tryDeploy(stack: string, by: DeployedBy): DeployResult {
    const json = synthesizeInMemory(this.current, () => undefined, new Set([stack])).get(stack);
    const result = deployStack(this.world.terraform, stack, json, this.world.deployer(by));
    const outputs = result.ok ? tryParseStackOutputs(result.outputs) : undefined;
    if (outputs !== undefined) this.outputs.set(stack, outputs);
    return result;
  }

  /** What `crosstrust status` names, until nothing is left to confirm. */
  rollOut(): this {
    for (;;) {
      for (const { by, stacks } of nextSteps(this.current)) {
        for (const stack of stacks) {
          expect([stack, this.tryDeploy(stack, by)]).toEqual([
            stack,
            expect.objectContaining({ ok: true }),
          ]);
        }
      }
      const { lock } = confirmOutputs(this.current, this.outputs, HOW);
      if (JSON.stringify(lock) === JSON.stringify(this.lock)) return this;
      this.lock = lock;
    }
  }

  assumes(principal: string, role: string, mfa = false): boolean {
    try {
      assumeRole(this.world.terraform.aws, principalOf(principal, { mfa }), role);
      return true;
    } catch {
      return false;
    }
  }
}

describe("with the policies attached", () => {
  it("the rollout comes to its end in the usual order", () => {
    expect(rehearse(example(), () => undefined).outcome).toEqual({ kind: "tightened" });
  });

  it("the sample's rollout comes to the same end as without them", () => {
    const model = sampleWithOnlyPaths();
    const accessesOf = (rehearsed: Model) => {
      const { steps, outcome } = rehearse(rehearsed, () => undefined);
      return { outcome, access: new Set(steps.at(-1)?.access.map((each) => JSON.stringify(each))) };
    };
    expect(model.onlyPaths.length).toBeGreaterThan(5);
    expect(accessesOf(model)).toEqual(accessesOf({ ...model, onlyPaths: [] }));
  });

  it("it does where they are attached before anything else is deployed", () => {
    const organization = new Organization();
    expect(organization.tryDeploy("root", "administrator")).toMatchObject({ ok: true });
    organization.rollOut();
    expect(nextSteps(organization.current)).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4])("it does where they are attached after step %s", (position) => {
    const organization = new Organization();
    const steps = nextSteps(organization.current);
    for (const { by, stacks } of steps.slice(0, position)) {
      for (const stack of stacks) organization.tryDeploy(stack, by);
    }
    expect(organization.tryDeploy("root", "administrator")).toMatchObject({ ok: true });
    organization.rollOut();
    expect(organization.assumes(DEPLOYER, `arn:aws:iam::${PROD}:role/crosstrust-execution`)).toBe(
      true,
    );
  });

  it("they are the same at every stage, so that tightening does not touch them", () => {
    const organization = new Organization();
    const text = () => {
      const only = new Set(["root"]);
      const json = synthesizeInMemory(organization.current, () => undefined, only).get("root");
      return JSON.stringify(json, (key, value) => (key === "output" ? undefined : value));
    };
    const before = text();
    organization.rollOut();
    expect(text()).toBe(before);
  });

  describe("afterwards", () => {
    const organization = new Organization();
    beforeAll(() => organization.rollOut());

    it("a lost deployer is brought back by reopening the hub", () => {
      organization.lock = reopenPrincipal(organization.lock, DEPLOYER, HUB);
      const steps = nextSteps(organization.current);
      expect(steps.map(({ by, stacks }) => [by, stacks])).toEqual([
        ["administrator", ["security-bootstrap"]],
        ["hub-administrator", ["security"]],
      ]);
      organization.rollOut();
      expect(nextSteps(organization.current)).toEqual([]);
    });

    it("on-call people break the glass with MFA, and nobody else", () => {
      const role = `arn:aws:iam::${PROD}:role/BreakGlass`;
      const alice = "arn:aws:iam::100000000001:user/alice";
      expect(organization.assumes(alice, role, true)).toBe(true);
      expect(organization.assumes(alice, role, false)).toBe(false);
      expect(organization.assumes("arn:aws:iam::100000000003:role/ci", role)).toBe(false);
    });

    it("a stack that is deployed by another role of the account makes no user there", () => {
      const { aws } = organization.world.terraform;
      const release = assumeRole(
        aws,
        principalOf("arn:aws:iam::100000000003:role/ci"),
        `arn:aws:iam::${PROD}:role/Release`,
      );
      const stack = {
        provider: { aws: [{ region: "eu-west-1" }] },
        resource: { aws_iam_user: { eve: { name: "eve" } } },
      };
      expect(deployStack(organization.world.terraform, "other", stack, release)).toMatchObject({
        ok: false,
        error: expect.stringContaining("iam:CreateUser"),
      });
    });
  });
});
