import {
  attachPolicy,
  detachPolicy,
  putInlinePolicy,
} from "../../src/rehearsal/aws/holder-policies";
import { deployStack } from "../../src/rehearsal/deploy";
import { seedServiceLinkedRole } from "../../src/rehearsal/seed-shared";
import { toEstate } from "../../src/rehearsal/to-estate";
import type { Attributes } from "../../src/rehearsal/value";
import { HUB, MEMBER, OTHER, outputs, rootOf, stackOf, userArn, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

const SCALING = "autoscaling.amazonaws.com";
const GRANTEE = `arn:aws:iam::${MEMBER}:role/aws-service-role/${SCALING}/AWSServiceRoleForAutoScaling`;
const MAKER = userArn(MEMBER, "administrator");
const ADMINISTRATION = {
  Effect: "Allow",
  Principal: { AWS: rootOf(HUB) },
  Action: "kms:*",
  Resource: "*",
};

/** Account HUB with a key whose policy has these statements; gives its ARN. */
function deployKey(world: TestWorld, ...statements: readonly object[]): string {
  const deployed = world.deploy(HUB, {
    resource: {
      aws_kms_key: { k: { policy: policy(ADMINISTRATION, ...statements) } },
      aws_kms_alias: { a: { name: "alias/ami", target_key_id: "${aws_kms_key.k.key_id}" } },
    },
    output: outputs({ arn: "${aws_kms_key.k.arn}" }),
  });
  return String(outputsOf(deployed).arn);
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function mayGrant(maker: string, condition: object): object {
  return {
    Effect: "Allow",
    Principal: { AWS: maker },
    Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
    Resource: "*",
    Condition: condition,
  };
}

const FOR_GRANTEE = { StringEquals: { "kms:GranteePrincipal": GRANTEE } };

/** A stack of account MEMBER that makes the grant; `role`: and the service-linked role. */
function grantStack(keyArn: string, role: "made" | "not made", part: Attributes = {}): StackParts {
  return {
    resource: {
      ...(role === "made" && {
        aws_iam_service_linked_role: { r: { aws_service_name: SCALING } },
      }),
      aws_kms_grant: {
        g: {
          name: "ami",
          key_id: keyArn,
          grantee_principal: GRANTEE,
          operations: ["Encrypt", "Decrypt", "CreateGrant"],
          ...(role === "made" && { depends_on: ["aws_iam_service_linked_role.r"] }),
          ...part,
        },
      },
    },
  };
}

describe("a grant on the key of another account", () => {
  const denied = (keyArn: string): string =>
    `aws_kms_grant.g: AccessDeniedException: User: ${MAKER} is not authorized to perform: kms:CreateGrant on resource: ${keyArn}`;

  it("is made where the key policy lets its maker, and is there in the estate", () => {
    const world = new TestWorld();
    world.administrator(MEMBER);
    const keyArn = deployKey(world, mayGrant(MAKER, FOR_GRANTEE));
    const stack = grantStack(keyArn, "made");
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([
      "create aws_iam_service_linked_role.r",
      "create aws_kms_grant.g",
    ]);
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([]);
    const key = toEstate(world.aws).resources.get(keyArn);
    expect(key?.aliasArn).toBe(`arn:aws:kms:eu-west-1:${HUB}:alias/ami`);
    expect(key?.grants).toMatchObject([
      {
        granteePrincipal: GRANTEE,
        operations: ["CreateGrant", "Decrypt", "Encrypt"],
        constrained: false,
      },
    ]);
    changesOf(world.deploy(MEMBER, {}));
    expect(toEstate(world.aws).resources.get(keyArn)?.grants).toEqual([]);
  });

  it("is made where the key policy lets its maker's account", () => {
    const world = new TestWorld();
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    expect(world.deploy(MEMBER, grantStack(keyArn, "made")).ok).toBe(true);
  });

  const refused: readonly (readonly [string, readonly object[]])[] = [
    ["says nothing of the maker", []],
    ["lets another account", [mayGrant(rootOf(OTHER), FOR_GRANTEE)]],
    [
      "lets the maker grant to another role",
      [mayGrant(rootOf(MEMBER), { StringEquals: { "kms:GranteePrincipal": `${GRANTEE}_other` } })],
    ],
    [
      "wants an AWS service to ask",
      [mayGrant(rootOf(MEMBER), { Bool: { "kms:GrantIsForAWSResource": "true" } })],
    ],
  ];

  it.each(refused)("fails where the key policy %s", (_name, statements) => {
    const world = new TestWorld();
    const keyArn = deployKey(world, ...statements);
    const result = world.deploy(MEMBER, grantStack(keyArn, "made"));
    expect(failureOf(result)).toBe(denied(keyArn));
    expect(result).toMatchObject({ reason: expect.stringMatching(/\w/) });
  });

  it.each([
    ["is an administrator", undefined, true],
    ["may do something else", "kms:Decrypt", false],
    ["may make grants", "kms:CreateGrant", true],
  ])("asks the maker's own policies too: who %s", (_name, action, allowed) => {
    const world = new TestWorld();
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    const account = world.aws.account(MEMBER);
    const runAs = world.administrator(MEMBER);
    const origin = { stack: "test", address: "test" };
    if (action !== undefined) {
      const user = account.users.get("administrator");
      const may = policy({ Effect: "Allow", Action: action, Resource: "*" });
      for (const arn of user.attachedPolicies.keys()) detachPolicy(account, user, arn);
      putInlinePolicy(account, user, "may", [may], origin);
    }
    const json = stackOf(MEMBER, grantStack(keyArn, "not made"));
    const result = deployStack(world.terraform, MEMBER, json, runAs);
    if (allowed) expect(changesOf(result)).toEqual(["create aws_kms_grant.g"]);
    else expect(failureOf(result)).toBe(denied(keyArn));
  });

  it("is not refused for what an AWS managed policy may say", () => {
    const world = new TestWorld();
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    const account = world.aws.account(MEMBER);
    const runAs = world.administrator(MEMBER);
    const user = account.users.get("administrator");
    for (const arn of user.attachedPolicies.keys()) detachPolicy(account, user, arn);
    const origin = { stack: "test", address: "test" };
    attachPolicy(account, user, "arn:aws:iam::aws:policy/PowerUserAccess", origin);
    const json = stackOf(MEMBER, grantStack(keyArn, "not made"));
    expect(deployStack(world.terraform, MEMBER, json, runAs).ok).toBe(true);
  });

  it("fails for a grantee that does not exist, and goes through once the role is there", () => {
    const world = new TestWorld();
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    expect(failureOf(world.deploy(MEMBER, grantStack(keyArn, "not made")))).toBe(
      `aws_kms_grant.g: InvalidArnException: ARN does not refer to a valid principal: ${GRANTEE}`,
    );
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    expect(world.deploy(MEMBER, grantStack(keyArn, "not made")).ok).toBe(true);
  });

  it("fails by the key's alias, for a key that does not exist, and in another region", () => {
    const world = new TestWorld();
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    const failure = (arn: string, part: Attributes = {}): string =>
      failureOf(world.deploy(MEMBER, grantStack(arn, "not made", part)));
    expect(failure(`arn:aws:kms:eu-west-1:${HUB}:alias/ami`)).toContain(
      "InvalidArnException: Key Aliases are not supported for this operation.",
    );
    expect(failure(`${keyArn}0`)).toContain(`NotFoundException: Key '${keyArn}0' does not exist`);
    expect(failure(keyArn, { region: "us-east-1" })).toContain("NotFoundException");
  });

  it("is made anew when the grantee was made again", () => {
    const world = new TestWorld();
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    const keyArn = deployKey(world, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    world.deploy(MEMBER, grantStack(keyArn, "not made"));
    world.deleteByHand(MEMBER, "AWSServiceRoleForAutoScaling");
    seedServiceLinkedRole(world.aws, MEMBER, SCALING);
    expect(changesOf(world.deploy(MEMBER, grantStack(keyArn, "not made")))).toEqual([
      "replace aws_kms_grant.g (grantee_principal)",
    ]);
  });
});

describe("a key policy", () => {
  const keyStack = (text: string, part: Attributes = {}): StackParts => ({
    resource: { aws_kms_key: { k: { policy: text, ...part } } },
  });
  const locksOut = policy({ ...ADMINISTRATION, Action: "kms:Decrypt" });

  it("fails where it does not let its maker change it again, unless he says so", () => {
    const world = new TestWorld();
    expect(failureOf(world.deploy(HUB, keyStack(locksOut)))).toBe(
      "aws_kms_key.k: MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
    );
    const bypassed = keyStack(locksOut, { bypass_policy_lockout_safety_check: true });
    expect(world.deploy(HUB, bypassed).ok).toBe(true);
  });

  it("is taken where it lets its maker alone change it", () => {
    const world = new TestWorld();
    world.administrator(HUB);
    const own = policy({ ...ADMINISTRATION, Principal: { AWS: userArn(HUB, "administrator") } });
    expect(world.deploy(HUB, keyStack(own)).ok).toBe(true);
    const others = policy({ ...ADMINISTRATION, Principal: { AWS: rootOf(MEMBER) } });
    expect(failureOf(world.deploy(HUB, keyStack(others)))).toContain("will not allow you");
  });

  it("is AWS's own where none is given, and again when its resource goes", () => {
    const world = new TestWorld();
    const stack = (policies: Attributes): StackParts => ({
      resource: { aws_kms_key: { k: {} }, ...policies },
    });
    const shown = () => [...toEstate(world.aws).resources.values()][0].policy;
    changesOf(world.deploy(HUB, stack({})));
    const own = shown();
    expect(own).toMatchObject({ Statement: [ADMINISTRATION] });
    const text = policy(ADMINISTRATION, mayGrant(rootOf(MEMBER), FOR_GRANTEE));
    const withPolicy = stack({
      aws_kms_key_policy: { p: { key_id: "${aws_kms_key.k.id}", policy: text } },
    });
    expect(changesOf(world.deploy(HUB, withPolicy))).toEqual(["create aws_kms_key_policy.p"]);
    expect(shown()).toEqual(JSON.parse(text));
    expect(changesOf(world.deploy(HUB, withPolicy))).toEqual([]);
    changesOf(world.deploy(HUB, stack({})));
    expect(shown()).toEqual(own);
    const byArn = stack({
      aws_kms_key_policy: { p: { key_id: "${aws_kms_key.k.arn}", policy: text } },
    });
    changesOf(world.deploy(HUB, byArn));
    expect(changesOf(world.deploy(HUB, byArn))).toEqual(["replace aws_kms_key_policy.p (key_id)"]);
  });
});

describe("keys and aliases", () => {
  it("have IDs that are the same in every run, and another after a replacement", () => {
    const arnOf = (world: TestWorld, spec: string): unknown =>
      outputsOf(
        world.deploy(HUB, {
          resource: { aws_kms_key: { k: { key_usage: spec } } },
          output: outputs({ arn: "${aws_kms_key.k.arn}" }),
        }),
      ).arn;
    const world = new TestWorld();
    const first = arnOf(world, "ENCRYPT_DECRYPT");
    expect(first).toMatch(/^arn:aws:kms:eu-west-1:444455556666:key\/[0-9a-f-]{36}$/);
    expect(arnOf(new TestWorld(), "ENCRYPT_DECRYPT")).toBe(first);
    expect(arnOf(world, "SIGN_VERIFY")).not.toBe(first);
  });

  it("take an alias once in a region", () => {
    const world = new TestWorld();
    const alias = (part: Attributes = {}): Attributes => ({
      name: "alias/ami",
      target_key_id: "${aws_kms_key.k.key_id}",
      ...part,
    });
    const stack = (...aliases: readonly Attributes[]): StackParts => ({
      resource: {
        aws_kms_key: { k: {}, other: { region: "us-east-1" } },
        aws_kms_alias: Object.fromEntries(aliases.map((each, index) => [`a${index}`, each])),
      },
    });
    const elsewhere = alias({ region: "us-east-1", target_key_id: "${aws_kms_key.other.arn}" });
    changesOf(world.deploy(HUB, stack(alias(), elsewhere)));
    expect(changesOf(world.deploy(HUB, stack(alias(), elsewhere)))).toEqual([]);
    expect(failureOf(world.deploy(HUB, stack(alias(), elsewhere, alias())))).toBe(
      `aws_kms_alias.a2: AlreadyExistsException: An alias with the name arn:aws:kms:eu-west-1:${HUB}:alias/ami already exists`,
    );
  });

  it("have replicas of the same ID in other regions, of a multi-Region primary alone", () => {
    const stack = (multiRegion: boolean): StackParts => ({
      resource: {
        aws_kms_key: { k: { multi_region: multiRegion } },
        aws_kms_replica_key: {
          r: { region: "us-east-1", primary_key_arn: "${aws_kms_key.k.arn}" },
        },
      },
      output: outputs({ key: "${aws_kms_key.k.key_id}", replica: "${aws_kms_replica_key.r.arn}" }),
    });
    const { key, replica } = outputsOf(new TestWorld().deploy(HUB, stack(true)));
    expect(key).toMatch(/^mrk-[0-9a-f]{32}$/);
    expect(replica).toBe(`arn:aws:kms:us-east-1:${HUB}:key/${String(key)}`);
    expect(failureOf(new TestWorld().deploy(HUB, stack(false)))).toContain(
      "UnsupportedOperationException",
    );
  });
});
