import type { EstateResource } from "../../src/estate/estate";
import { createRole } from "../../src/rehearsal/aws/roles";
import { toEstate } from "../../src/rehearsal/to-estate";
import { POLICY_STACKS, POLICY_TYPES, sharedStack, sharedWith } from "./policy-stacks";
import refusals from "./resource-policy-refusals.json";
import { HUB, MEMBER, roleArn, rootOf, trustOf } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const BAR = roleArn(HUB, "bar");

function makeBar(world: TestWorld): void {
  const origin = { stack: "test", address: "bar" };
  createRole(world.aws.account(HUB), { name: "bar", trustPolicy: trustOf(rootOf(HUB)), origin });
}

/** What the estate has of the one resource of account MEMBER. */
function shown(world: TestWorld): EstateResource {
  const [resource, ...others] = toEstate(world.aws).resources.values();
  if (resource === undefined || others.length > 0) throw new Error("expected one resource");
  return resource;
}

/** Whom the last statement of its policy names. */
function sharedPrincipal(world: TestWorld): unknown {
  const { policy } = shown(world);
  if (policy === undefined || policy === "unknown") return policy;
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  return statements[statements.length - 1].Principal.AWS;
}

describe.each(POLICY_TYPES)("the policy of a %s", (type) => {
  const { address } = POLICY_STACKS[type];

  it("fails where it names a role that does not exist, and is taken once it does", () => {
    const world = new TestWorld();
    const refused = world.deploy(MEMBER, sharedStack(type, BAR));
    expect(failureOf(refused)).toBe(`${address}: ${refusals[type].nobody}`);
    expect(refused).toMatchObject({
      reason: expect.stringContaining(`The policy names ${BAR}, which does not exist.`),
    });
    makeBar(world);
    changesOf(world.deploy(MEMBER, sharedStack(type, BAR)));
    expect(sharedPrincipal(world)).toBe(BAR);
  });

  it("fails without a statement", () => {
    const empty = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const resource = POLICY_STACKS[type].resources(empty);
    const failure = failureOf(new TestWorld().deploy(MEMBER, { resource }));
    expect(failure.startsWith(`${address}: `)).toBe(true);
  });

  it("goes from the account to the role by an update of the policy alone", () => {
    const world = new TestWorld();
    makeBar(world);
    changesOf(world.deploy(MEMBER, sharedStack(type, rootOf(HUB))));
    expect(changesOf(world.deploy(MEMBER, sharedStack(type, rootOf(HUB))))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, sharedStack(type, BAR)))).toEqual([
      `update ${address} (policy)`,
    ]);
    expect(changesOf(world.deploy(MEMBER, sharedStack(type, BAR)))).toEqual([]);
  });

  it("lets nobody in after the role was made again, until it is deployed again", () => {
    const world = new TestWorld();
    makeBar(world);
    changesOf(world.deploy(MEMBER, sharedStack(type, BAR)));
    const { uniqueId } = world.aws.account(HUB).roles.get("bar");
    expect(sharedPrincipal(world)).toBe(BAR);
    world.deleteByHand(HUB, "bar");
    expect(sharedPrincipal(world)).toBe(uniqueId);
    makeBar(world);
    expect(sharedPrincipal(world)).toBe(uniqueId);
    expect(changesOf(world.deploy(MEMBER, sharedStack(type, BAR)))).toEqual([
      `update ${address} (policy)`,
    ]);
    expect(sharedPrincipal(world)).toBe(BAR);
  });

  it("is refused beyond its quota, and taken below", () => {
    const world = new TestWorld();
    const { taken, tooLarge } = refusals[type];
    const accounts = Array.from({ length: 1000 }, (_, index) =>
      rootOf(String(200_000_000_000 + index)),
    );
    const refused = world.deploy(MEMBER, sharedStack(type, ...accounts));
    expect(failureOf(refused)).toBe(`${address}: ${tooLarge}`);
    changesOf(world.deploy(MEMBER, sharedStack(type, ...accounts.slice(0, taken))));
  });

  it("is shown in the estate with its resource", () => {
    const world = new TestWorld();
    const { arn } = POLICY_STACKS[type];
    makeBar(world);
    world.deploy(MEMBER, sharedStack(type, BAR));
    const resource = shown(world);
    expect(resource).toMatchObject({ accountId: MEMBER, defined: true });
    if (arn !== undefined) expect(resource.arn).toBe(arn);
    expect(resource.region).toBe(type === "s3-bucket" ? undefined : "eu-west-1");
    expect(resource.policy).toEqual(JSON.parse(sharedWith(type, BAR)));
  });

  it("goes away with its resource when the stack is emptied", () => {
    const world = new TestWorld();
    changesOf(world.deploy(MEMBER, sharedStack(type, rootOf(HUB))));
    changesOf(world.deploy(MEMBER, {}));
    expect([...toEstate(world.aws).resources.keys()]).toEqual([]);
  });

  it("is refused without a principal, and as no JSON", () => {
    for (const policy of ['{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', "{"]) {
      const world = new TestWorld();
      const result = world.deploy(MEMBER, { resource: POLICY_STACKS[type].resources(policy) });
      expect(result.ok).toBe(false);
    }
  });
});

describe("what the rehearsal cannot know of a policy", () => {
  it("is not refused, and makes the policy unknown in the estate", () => {
    const world = new TestWorld();
    changesOf(
      world.deploy(MEMBER, {
        resource: {
          aws_dynamodb_table: { t: { name: "t" } },
          aws_s3_bucket: { it: { bucket: "shared-things" } },
          aws_s3_bucket_policy: {
            it: {
              bucket: "${aws_s3_bucket.it.id}",
              policy: '{"Statement":"${aws_dynamodb_table.t.arn}"}',
            },
          },
        },
      }),
    );
    const estate = toEstate(world.aws);
    expect(estate.resources.get("arn:aws:s3:::shared-things")?.policy).toBe("unknown");
    expect(estate.unknowns).toMatchObject([{ attribute: "policy", bearing: "resources" }]);
  });
});

describe("the policy of a bucket", () => {
  it("fails where it speaks of another bucket", () => {
    const world = new TestWorld();
    const policy = sharedWith("s3-bucket", rootOf(HUB)).replace(
      "shared-things/",
      "shared-things2/",
    );
    const result = world.deploy(MEMBER, { resource: POLICY_STACKS["s3-bucket"].resources(policy) });
    expect(failureOf(result)).toBe(
      "aws_s3_bucket_policy.it: MalformedPolicy: Policy has invalid resource",
    );
  });
});

describe("the policy of a repository", () => {
  it("fails where it has a Resource", () => {
    const world = new TestWorld();
    const policy = sharedWith("ecr-repository", rootOf(HUB)).replace(
      '"Action"',
      '"Resource":"*","Action"',
    );
    const { resources } = POLICY_STACKS["ecr-repository"];
    expect(failureOf(world.deploy(MEMBER, { resource: resources(policy) }))).toContain(
      "Invalid repository policy provided",
    );
  });
});
