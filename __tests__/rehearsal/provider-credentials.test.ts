import { createRole, updateTrustPolicy } from "../../src/rehearsal/aws/roles";
import { putInlinePolicy } from "../../src/rehearsal/aws/holder-policies";
import { assumeRole } from "../../src/rehearsal/assume-role";
import { deployStack, type DeployResult } from "../../src/rehearsal/deploy";
import { principalOf, type Principal } from "../../src/rehearsal/principal";
import { seedAccessRole, seedAdministrator, seedRole } from "../../src/rehearsal/seed";
import type { Attributes } from "../../src/rehearsal/value";
import {
  HUB,
  MANAGEMENT,
  mayAssume,
  MEMBER,
  OTHER,
  roleArn,
  rootOf,
  stackOf,
  trustOf,
} from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const origin = { stack: "test", address: "test" };
const ACCESS = roleArn(MEMBER, "OrganizationAccountAccessRole");
const EXECUTION = roleArn(MEMBER, "crosstrust-execution");
const DEPLOYER = roleArn(HUB, "crosstrust-deployer");
const USER = { aws_iam_user: { u: { name: "u" } } };

function deployWith(
  world: TestWorld,
  provider: Attributes,
  runAs: Principal,
  accountId = MEMBER,
): DeployResult {
  const json = stackOf(accountId, { provider, resource: USER });
  return deployStack(world.terraform, accountId, json, runAs);
}

function through(...roles: readonly (string | Attributes)[]): Attributes {
  return {
    assume_role: roles.map((role) =>
      typeof role === "string" ? { role_arn: role, session_name: "crosstrust" } : role,
    ),
  };
}

/** The access roles of hub and member trust the management account. */
function organization(): { readonly world: TestWorld; readonly administrator: Principal } {
  const world = new TestWorld();
  const administrator = seedAdministrator(world.aws, MANAGEMENT);
  seedAccessRole(world.aws, HUB, MANAGEMENT);
  seedAccessRole(world.aws, MEMBER, MANAGEMENT);
  return { world, administrator };
}

describe("the management account's administrator", () => {
  it("gets into a member account by its access role", () => {
    const { world, administrator } = organization();
    expect(changesOf(deployWith(world, through(ACCESS), administrator))).toHaveLength(1);
    expect(world.aws.account(MEMBER).users.tryGet("u")).toBeDefined();
    expect(world.aws.account(MANAGEMENT).users.tryGet("u")).toBeUndefined();
  });

  it("is refused with AWS's message and our reason where the access role trusts another account", () => {
    const { world, administrator } = organization();
    updateTrustPolicy(
      world.aws.account(MEMBER),
      "OrganizationAccountAccessRole",
      trustOf(rootOf(OTHER)),
    );
    const result = deployWith(world, through(ACCESS), administrator);
    expect(failureOf(result)).toBe(
      `provider.aws: AccessDenied: User: arn:aws:iam::${MANAGEMENT}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${ACCESS}`,
    );
    expect(result).toMatchObject({ reason: expect.stringMatching(/trust policy/), changes: [] });
    expect(world.aws.account(MEMBER).users.values()).toEqual([]);
  });

  it("is refused where the access role does not exist", () => {
    const { world, administrator } = organization();
    const arn = roleArn(MEMBER, "none");
    expect(deployWith(world, through(arn), administrator)).toMatchObject({
      ok: false,
      error: expect.stringContaining("AccessDenied"),
      reason: "The role does not exist.",
    });
  });

  it("is stopped by allowed_account_ids without an assumed role", () => {
    const { world, administrator } = organization();
    expect(failureOf(deployWith(world, {}, administrator))).toBe(
      `provider.aws: AWS account ID not allowed: ${MANAGEMENT}`,
    );
  });

  it("is not asked for credentials by a stack without resources", () => {
    const { world, administrator } = organization();
    const json = stackOf(MEMBER, { output: { x: { value: 1 } } });
    expect(deployStack(world.terraform, MEMBER, json, administrator)).toMatchObject({ ok: true });
  });
});

describe("an execution role", () => {
  /** The deployer and the hub's administrator, and an execution role that trusts as given. */
  function bootstrapped(trustPolicy: string): {
    readonly world: TestWorld;
    readonly hubAdmin: Principal;
  } {
    const { world, administrator } = organization();
    const hub = world.aws.account(HUB);
    createRole(hub, { name: "crosstrust-deployer", trustPolicy: trustOf(rootOf(HUB)), origin });
    const deployer = { kind: "role", name: "crosstrust-deployer" } as const;
    putInlinePolicy(hub, deployer, "may-assume", [mayAssume(EXECUTION)], origin);
    createRole(world.aws.account(MEMBER), { name: "crosstrust-execution", trustPolicy, origin });
    const hubAdmin = assumeRole(
      world.aws,
      administrator,
      roleArn(HUB, "OrganizationAccountAccessRole"),
    );
    return { world, hubAdmin };
  }

  it("lets the deployer and the hub's administrator in while it trusts the hub account", () => {
    const { world, hubAdmin } = bootstrapped(trustOf(rootOf(HUB)));
    expect(deployWith(world, through(EXECUTION), hubAdmin).ok).toBe(true);
    expect(deployWith(world, through(EXECUTION), principalOf(DEPLOYER)).ok).toBe(true);
  });

  it("lets the deployer alone in when it is tightened", () => {
    const { world, hubAdmin } = bootstrapped(trustOf(DEPLOYER));
    expect(deployWith(world, through(EXECUTION), principalOf(DEPLOYER)).ok).toBe(true);
    expect(failureOf(deployWith(world, through(EXECUTION), hubAdmin))).toBe(
      `provider.aws: AccessDenied: User: arn:aws:sts::${HUB}:assumed-role/OrganizationAccountAccessRole/crosstrust is not authorized to perform: sts:AssumeRole on resource: ${EXECUTION}`,
    );
  });

  it("lets nobody in when the deployer is lost, even one that is made again", () => {
    const { world } = bootstrapped(trustOf(DEPLOYER));
    world.deleteByHand(HUB, "crosstrust-deployer");
    const deploy = (): DeployResult => deployWith(world, through(EXECUTION), principalOf(DEPLOYER));
    expect(failureOf(deploy())).toContain("InvalidClientTokenId");
    const hub = world.aws.account(HUB);
    const role = { name: "crosstrust-deployer", trustPolicy: trustOf(rootOf(HUB)), origin };
    putInlinePolicy(hub, createRole(hub, role), "may-assume", [mayAssume(EXECUTION)], origin);
    expect(failureOf(deploy())).toContain("AccessDenied");
    updateTrustPolicy(world.aws.account(MEMBER), "crosstrust-execution", trustOf(DEPLOYER));
    expect(deploy().ok).toBe(true);
  });
});

describe("a provider's assume_role", () => {
  it("passes the external ID that the trust policy asks for", () => {
    const { world, administrator } = organization();
    const trust = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: MANAGEMENT },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "some_key" } },
        },
      ],
    });
    updateTrustPolicy(world.aws.account(MEMBER), "OrganizationAccountAccessRole", trust);
    const withId = (external_id: string): Attributes => through({ role_arn: ACCESS, external_id });
    expect(deployWith(world, withId("other"), administrator).ok).toBe(false);
    expect(deployWith(world, withId("some_key"), administrator).ok).toBe(true);
  });

  it("is asked with the organization of the caller's account", () => {
    const trustPolicy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: MANAGEMENT },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ],
    });
    const results = ["o-a1b2c3d4e5", "o-zzzzzzzzzz"].map((organizationId) => {
      const world = new TestWorld({ organizationIds: new Map([[MANAGEMENT, organizationId]]) });
      seedRole(world.aws, MEMBER, { name: "access", trustPolicy });
      const administrator = seedAdministrator(world.aws, MANAGEMENT);
      return deployWith(world, through(roleArn(MEMBER, "access")), administrator).ok;
    });
    expect(results).toEqual([true, false]);
  });

  it("is asked with the MFA of a user, which the session of a role never carries", () => {
    const trustPolicy = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: [MANAGEMENT, MEMBER] },
          Action: "sts:AssumeRole",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    });
    const { world, administrator } = organization();
    seedRole(world.aws, MEMBER, { name: "mfa", trustPolicy });
    const mfa = roleArn(MEMBER, "mfa");
    const withMfa = principalOf(administrator.arn, { mfa: true });
    expect(deployWith(world, through(mfa), administrator).ok).toBe(false);
    expect(deployWith(world, through(mfa), withMfa).ok).toBe(true);
    expect(deployWith(world, through(ACCESS, mfa), withMfa).ok).toBe(false);
  });

  it("chains, each role with the credentials of the one before", () => {
    const { world, administrator } = organization();
    const hubAccess = roleArn(HUB, "OrganizationAccountAccessRole");
    seedRole(world.aws, MEMBER, { name: "from-hub", trustPolicy: trustOf(hubAccess) });
    const fromHub = roleArn(MEMBER, "from-hub");
    expect(deployWith(world, through(fromHub), administrator).ok).toBe(false);
    expect(deployWith(world, through(hubAccess, fromHub), administrator).ok).toBe(true);
  });

  it("narrows the session by its session policy", () => {
    const { world, administrator } = organization();
    const hubAccess = roleArn(HUB, "OrganizationAccountAccessRole");
    seedRole(world.aws, MEMBER, { name: "from-hub", trustPolicy: trustOf(rootOf(HUB)) });
    const fromHub = roleArn(MEMBER, "from-hub");
    const narrowed = (arn: string): Attributes =>
      through({ role_arn: hubAccess, policy: mayAssume(arn) }, fromHub);
    expect(deployWith(world, narrowed(fromHub), administrator).ok).toBe(true);
    expect(deployWith(world, narrowed(ACCESS), administrator).ok).toBe(false);
  });

  it("is refused where a policy of the caller cannot be known", () => {
    const { world } = organization();
    const newer = "arn:aws:iam::aws:policy/NewerThanTheList";
    const caller = seedRole(world.aws, HUB, {
      name: "unlisted",
      trustPolicy: trustOf(HUB),
      managedPolicyArns: [newer],
    });
    seedRole(world.aws, MEMBER, { name: "open", trustPolicy: trustOf(HUB) });
    const open = through(roleArn(MEMBER, "open"));
    expect(deployWith(world, open, caller).ok).toBe(false);
    const administrator = seedAdministrator(world.aws, HUB);
    expect(deployWith(world, open, administrator).ok).toBe(true);
  });
});

describe("a named profile", () => {
  it("stands for whoever it is mapped to, whoever runs the deploy", () => {
    const seeded = new TestWorld();
    const administrator = seedAdministrator(seeded.aws, MANAGEMENT);
    const profiles = new Map([
      ["member-admin", principalOf(`arn:aws:iam::${MEMBER}:user/administrator`)],
    ]);
    const world = new TestWorld({}, profiles);
    seedAdministrator(world.aws, MANAGEMENT);
    seedAdministrator(world.aws, MEMBER);
    expect(deployWith(world, { profile: "member-admin" }, administrator).ok).toBe(true);
    expect(failureOf(deployWith(world, { profile: "other" }, administrator))).toBe(
      "provider.aws: failed to get shared config profile, other",
    );
  });
});

describe("credentials that the rehearsal cannot follow", () => {
  it.each([["access_key"], ["assume_role_with_web_identity"]])("fail: %s", (name) => {
    const { world, administrator } = organization();
    expect(failureOf(deployWith(world, { [name]: "x" }, administrator))).toBe(
      `provider.aws: cannot be rehearsed: ${name}`,
    );
  });

  it("fail for a principal that does not exist", () => {
    const { world } = organization();
    const nobody = principalOf(roleArn(MEMBER, "nobody"));
    expect(deployWith(world, {}, nobody)).toMatchObject({
      error: "InvalidClientTokenId: The security token included in the request is invalid.",
      reason: `${roleArn(MEMBER, "nobody")} does not exist.`,
    });
  });

  it.each([rootOf(HUB), `arn:aws:iam::${HUB}:group/g`, "nobody"])(
    "fail for what is no role or user: %s",
    (arn) => {
      expect(() => principalOf(arn)).toThrow(`expected the ARN of a role or user, found ${arn}`);
    },
  );
});

describe("a second provider of a stack", () => {
  it("deploys its resources into its own account", () => {
    const { world, administrator } = organization();
    const json = {
      provider: {
        aws: [
          { allowed_account_ids: [MANAGEMENT] },
          { alias: "member", allowed_account_ids: [MEMBER], ...through(ACCESS) },
        ],
      },
      resource: {
        aws_iam_user: { here: { name: "here" }, there: { name: "there", provider: "aws.member" } },
      },
    };
    expect(deployStack(world.terraform, "two", json, administrator).ok).toBe(true);
    expect(world.aws.account(MANAGEMENT).users.tryGet("here")).toBeDefined();
    expect(world.aws.account(MEMBER).users.tryGet("there")).toBeDefined();
  });
});
