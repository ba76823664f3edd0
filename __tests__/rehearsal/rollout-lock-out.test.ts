import { synthesizeInMemory } from "../../src/app";
import { confirmOutputs, type Confirmation } from "../../src/model/rollout/confirmation";
import type { Model } from "../../src/model/model";
import { nextSteps, type DeployedBy } from "../../src/model/rollout/next-steps";
import { tryParseStackOutputs, type StackOutputs } from "../../src/model/rollout/stack-outputs";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { assumeRole } from "../../src/rehearsal/assume-role";
import { deleteInlinePolicy, detachPolicy } from "../../src/rehearsal/aws/holder-policies";
import { deleteRole } from "../../src/rehearsal/aws/roles";
import { deployStack, type DeployResult } from "../../src/rehearsal/deploy";
import { principalOf } from "../../src/rehearsal/principal";
import { buildWorld, type World } from "../../src/rehearsal/world";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { confirmPrincipal, reopenPrincipal } from "../../src/trust/lock-changes";
import { modelOf, sample } from "./model-of";

const HUB = "100000000004";
const HUB_ADMINISTRATOR = `arn:aws:iam::${HUB}:role/OrganizationAccountAccessRole`;
const FOUNDER = `arn:aws:iam::${HUB}:user/founder`;
const DEPLOYER = `arn:aws:iam::${HUB}:role/crosstrust-deployer`;
const NOW = "2026-11-23T10:00:00Z";
const BOOTSTRAPS = ["shared-bootstrap", "client-bootstrap", "deploy-bootstrap"];
const EXECUTION_ROLES = ["100000000002", "100000000003", HUB].map(
  (account) => `arn:aws:iam::${account}:role/crosstrust-execution`,
);

/** The sample, deployed stack by stack: what `cdktf deploy` and `crosstrust` do, in memory. */
class Sample {
  readonly world: World;
  lock: Lock = EMPTY_LOCK;
  private readonly model = modelOf(sample());
  private readonly outputs = new Map<string, StackOutputs>();

  constructor() {
    this.world = buildWorld(this.model);
  }

  get current(): Model {
    return modelWithLock(this.model, this.lock);
  }

  tryDeploy(stack: string, by: DeployedBy): DeployResult {
    const json = synthesizeInMemory(this.current, () => undefined, new Set([stack])).get(stack);
    const result = deployStack(this.world.terraform, stack, json, this.world.deployer(by));
    const outputs = result.ok ? tryParseStackOutputs(result.outputs) : undefined;
    if (outputs !== undefined) this.outputs.set(stack, outputs);
    return result;
  }

  deploy(by: DeployedBy, ...stacks: readonly string[]): void {
    for (const stack of stacks) expect(this.tryDeploy(stack, by)).toMatchObject({ ok: true });
  }

  confirm(acceptRecreated = false): Confirmation {
    const confirmation = confirmOutputs(this.current, this.outputs, { now: NOW, acceptRecreated });
    this.lock = confirmation.lock;
    return confirmation;
  }

  /** Steps 1 to 3 of the staged bootstrap. */
  bootstrap(): this {
    this.deploy("administrator", ...BOOTSTRAPS);
    this.deploy("hub-administrator", "deploy");
    this.confirm();
    this.deploy("administrator", ...BOOTSTRAPS);
    this.confirm();
    return this;
  }

  /** Which execution roles let a principal in. */
  opensTo(arn: string): readonly string[] {
    return EXECUTION_ROLES.filter((role) => {
      try {
        return assumeRole(this.world.terraform.aws, principalOf(arn), role).kind === "role";
      } catch {
        return false;
      }
    });
  }

  /** Deletes the deployer as the console does: with all that hangs on it. */
  loseDeployer(): void {
    const account = this.world.terraform.aws.account(HUB);
    const role = account.roles.get("crosstrust-deployer");
    for (const name of role.inlinePolicies.keys()) deleteInlinePolicy(account, role, name);
    for (const arn of role.attachedPolicies.keys()) detachPolicy(account, role, arn);
    deleteRole(account, "crosstrust-deployer");
  }
}

describe("after the bootstrap stacks are tightened", () => {
  const organization = new Sample().bootstrap();

  test("the deployer is let in everywhere, and the first deployers are refused", () => {
    expect(organization.opensTo(DEPLOYER)).toEqual(EXECUTION_ROLES);
    expect(organization.opensTo(HUB_ADMINISTRATOR)).toEqual([]);
    expect(organization.opensTo(FOUNDER)).toEqual([]);
  });

  test("the hub's administrator can no longer deploy the hub, and the deployer can", () => {
    expect(organization.tryDeploy("deploy", "hub-administrator")).toMatchObject({
      ok: false,
      error: expect.stringMatching(
        /^AccessDenied: User: .*OrganizationAccountAccessRole.* is not authorized to perform: sts:AssumeRole on resource: .*:role\/crosstrust-execution$/,
      ),
    });
    expect(organization.tryDeploy("deploy", "deployer")).toMatchObject({ ok: true, changes: [] });
  });
});

test("before that, both get in", () => {
  const organization = new Sample();
  organization.deploy("administrator", ...BOOTSTRAPS);
  organization.deploy("hub-administrator", "deploy");
  for (const arn of [DEPLOYER, HUB_ADMINISTRATOR, FOUNDER]) {
    expect(organization.opensTo(arn)).toEqual(EXECUTION_ROLES);
  }
});

describe("when the deployer is lost", () => {
  const organization = new Sample().bootstrap();
  organization.loseDeployer();

  test("nobody gets in", () => {
    for (const arn of [DEPLOYER, HUB_ADMINISTRATOR, FOUNDER]) {
      expect(organization.opensTo(arn)).toEqual([]);
    }
    expect(organization.tryDeploy("deploy", "hub-administrator").ok).toBe(false);
    expect(organization.tryDeploy("shared", "deployer").ok).toBe(false);
  });

  test("reopening the hub, and steps 1 to 3 for the hub alone, bring it back", () => {
    organization.lock = reopenPrincipal(organization.lock, DEPLOYER, HUB);
    expect(nextSteps(organization.current)).toEqual([
      { name: "bootstrap", by: "administrator", stacks: ["deploy-bootstrap"] },
      { name: "hub", by: "hub-administrator", stacks: ["deploy"] },
    ]);

    organization.deploy("administrator", "deploy-bootstrap");
    expect(organization.opensTo(HUB_ADMINISTRATOR)).toEqual([EXECUTION_ROLES[2]]);

    organization.deploy("hub-administrator", "deploy");
    const noticed = organization.confirm();
    expect(noticed.recreated).toEqual([
      expect.objectContaining({ arn: DEPLOYER, trustedBy: BOOTSTRAPS }),
    ]);
    expect(organization.lock.principals[DEPLOYER].uniqueId).toBe(noticed.recreated[0].was);

    organization.confirm(true);
    organization.deploy("administrator", ...BOOTSTRAPS);
    expect(organization.opensTo(DEPLOYER)).toEqual(EXECUTION_ROLES);
    expect(organization.opensTo(HUB_ADMINISTRATOR)).toEqual([]);
    expect(organization.confirm().lock.principals[DEPLOYER].reopenedIn).toBeUndefined();
  });
});

describe("an order that cannot work", () => {
  test("stops with AWS's error where a role is confirmed before its stack is deployed", () => {
    const organization = new Sample();
    organization.lock = confirmPrincipal(EMPTY_LOCK, DEPLOYER, "AROAEXAMPLEEXAMPLE01", NOW);
    expect(organization.tryDeploy("deploy-bootstrap", "administrator")).toMatchObject({
      ok: false,
      address: expect.stringMatching(/^aws_iam_role\./),
      error: expect.stringMatching(
        /^MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::100000000004:role\/crosstrust-deployer"$/,
      ),
      changes: [],
    });
  });

  test("stops at the provider where an account is deployed before its bootstrap stack", () => {
    expect(new Sample().tryDeploy("deploy", "hub-administrator")).toMatchObject({
      ok: false,
      address: "provider.aws",
      error: expect.stringMatching(/^AccessDenied: .*role\/crosstrust-execution$/),
    });
  });

  test("stops where the deployer is to deploy before it exists", () => {
    const organization = new Sample();
    organization.deploy("administrator", ...BOOTSTRAPS);
    expect(organization.tryDeploy("shared", "deployer")).toMatchObject({
      ok: false,
      error: expect.stringMatching(/InvalidClientTokenId/),
    });
  });
});
