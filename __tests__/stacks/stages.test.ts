import fc from "fast-check";
import { z } from "zod";
import { stageOf, isPrincipalTrust } from "../../src/trust/trust";
import type { Model } from "../../src/model/model";
import type { StackJson } from "../constructs/stack-json";
import {
  confirmed,
  modelOf,
  readAccounts,
  synthesize,
  trustedArns,
  uniqueIdOf,
} from "./organization";

/*
 * The project rests on this: from stage to stage only the trust policy of the trusting role differs,
 * at the same Terraform address, and the output that tells it. So tightening is an update in place.
 */

const BOB = "arn:aws:iam::100000000001:user/bob";
const CI = "arn:aws:iam::100000000002:role/build/ci";

const STATEMENT = z.object({ Statement: z.array(z.unknown()) });

const TERMS = z.record(
  z.string(),
  z.record(
    z.string(),
    z.string().transform(() => ""),
  ),
);

/** A stack without what may differ between stages. */
function withoutStages(stack: StackJson): unknown {
  const copy = structuredClone(stack);
  for (const role of Object.values(copy.resource.aws_iam_role ?? {})) {
    delete role.assume_role_policy;
  }
  copy.output.trusts.value = undefined;
  // Whom each role trusts stays; the digest of how changes with the stage.
  copy.output.trust_terms.value = TERMS.parse(copy.output.trust_terms.value);
  return copy;
}

/** Address of a role's resource to its trust policy, over all stacks. */
function trustPolicies(stacks: Readonly<Record<string, StackJson>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(stacks).flatMap(([name, { resource }]) =>
      Object.entries(resource.aws_iam_role ?? {}).map(([address, role]) => [
        `${name}/${String(role.name)}/${address}`,
        String(role.assume_role_policy),
      ]),
    ),
  );
}

/** Stack and name of each role that has a trust at another stage. */
function expectedChanges(before: Model, after: Model): readonly string[] {
  return after.roles.flatMap((role, position) => {
    const stages = [before.roles[position], role].map(({ trusts }) =>
      trusts.filter(isPrincipalTrust).map(stageOf),
    );
    return JSON.stringify(stages[0]) === JSON.stringify(stages[1])
      ? []
      : [`${role.stack}/${role.name}`];
  });
}

function expectOnlyTrustsToDiffer(before: Model, after: Model): readonly string[] {
  const [was, is] = [synthesize(before), synthesize(after)];
  expect(Object.keys(is)).toEqual(Object.keys(was));
  for (const name of Object.keys(is)) {
    expect(withoutStages(is[name])).toEqual(withoutStages(was[name]));
  }
  const [policiesWere, policiesAre] = [trustPolicies(was), trustPolicies(is)];
  expect([...policiesAre.keys()]).toEqual([...policiesWere.keys()]);
  const changed = [...policiesAre.keys()]
    .filter((key) => policiesAre.get(key) !== policiesWere.get(key))
    .map((key) => key.split("/").slice(0, 2).join("/"));
  expect([...changed].sort()).toEqual([...expectedChanges(before, after)].sort());
  for (const name of Object.keys(is)) {
    for (const output of ["trusts", "trust_terms"]) {
      const outputChanged =
        JSON.stringify(is[name].output[output].value) !==
        JSON.stringify(was[name].output[output].value);
      expect(outputChanged).toBe(changed.some((role) => role.startsWith(`${name}/`)));
    }
  }
  return changed;
}

describe("the staged-bootstrap example", () => {
  const model = readAccounts("examples/staged-bootstrap/accounts.json");

  test("when everything is confirmed, each role that tightens changes its trust policy alone", () => {
    const changed = expectOnlyTrustsToDiffer(model, confirmed(model, trustedArns(model)));
    expect([...changed].sort()).toEqual([
      "client-bootstrap/crosstrust-execution",
      "client/Billing",
      "client/BuildRole",
      "deploy-bootstrap/crosstrust-execution",
      "shared-bootstrap/crosstrust-execution",
    ]);
  });

  test.each(trustedArns(model))(
    "when %s alone is confirmed, only the roles that trust it change",
    (arn) => {
      const changed = expectOnlyTrustsToDiffer(model, confirmed(model, [arn]));
      expect(changed.length).toBeGreaterThan(0);
    },
  );

  test("tightened trusts name the principal: by its ARN, or by its unique ID where that is asked for", () => {
    const { client, "client-bootstrap": bootstrap } = synthesize(
      confirmed(model, trustedArns(model)),
    );
    const policies = [...trustPolicies({ client, bootstrap })].map(([key, policy]) => [
      key.split("/")[1],
      STATEMENT.parse(JSON.parse(policy)).Statement[0],
    ]);
    const organization = { "aws:PrincipalOrgID": "o-a1b2c3d4e5" };
    expect(Object.fromEntries(policies)).toMatchObject({
      BuildRole: {
        Principal: { AWS: CI },
        Condition: { StringEquals: organization },
      },
      Billing: {
        Principal: { AWS: "arn:aws:iam::100000000001:root" },
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          StringEquals: organization,
          ArnEquals: { "aws:PrincipalArn": BOB },
          StringLike: { "aws:userid": uniqueIdOf(BOB) },
        },
      },
      "crosstrust-execution": {
        Principal: { AWS: "arn:aws:iam::100000000004:role/crosstrust-deployer" },
        Condition: { StringEquals: organization },
      },
    });
  });
});

test("a principal made again and confirmed anew changes the output, and the policy only where it names the ID", () => {
  const model = readAccounts("examples/staged-bootstrap/accounts.json");
  const arns = trustedArns(model);
  const [was, is] = [1, 2].map((life) => synthesize(confirmed(model, arns, life)));
  const changed = [...trustPolicies(is)].filter(
    ([key, policy]) => trustPolicies(was).get(key) !== policy,
  );
  expect(changed.map(([key]) => key.split("/")[1])).toEqual(["Billing"]);
  expect(is.client.output.trusts.value).toEqual({
    "arn:aws:iam::100000000003:role/Billing": { [BOB]: uniqueIdOf(BOB, 2) },
    "arn:aws:iam::100000000003:role/crosstrust/BuildRole": { [CI]: uniqueIdOf(CI, 2) },
  });
  for (const name of Object.keys(is)) {
    expect(withoutStages(is[name])).toEqual(withoutStages(was[name]));
  }
});

const ACCOUNTS = ["one", "two", "three"] as const;

/** An organization of three accounts, whose roles trust each other's roles and users in any way. */
const organization = fc
  .record({
    trusted: fc.array(fc.constantFrom(...ACCOUNTS), { minLength: 1, maxLength: 3 }),
    trusting: fc.array(
      fc.record({
        account: fc.constantFrom(...ACCOUNTS),
        trusts: fc.uniqueArray(
          fc.record({
            // A role where there are so many; else the user of an account.
            principal: fc.nat(2),
            ending: fc.constantFrom(
              {},
              { guard: false },
              { tighten: "unique-id" },
              { tighten: "principal-arn" },
              { tighten: "never" },
              { tighten: "never", guard: false },
            ),
            externalId: fc.constantFrom(undefined, "some_key"),
          }),
          { minLength: 1, maxLength: 3, selector: ({ principal }) => principal },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    bootstrap: fc.boolean(),
    organizationId: fc.constantFrom(undefined, "o-a1b2c3d4e5"),
  })
  .map(({ trusted, trusting, bootstrap, organizationId }) => ({
    settings: {
      organizationId,
      ...(bootstrap && { bootstrap: { deployer: { account: "one", role: "deployer" } } }),
    },
    accounts: Object.fromEntries(
      ACCOUNTS.map((name, number) => [name, { id: `10000000000${number + 1}` }]),
    ),
    identities: Object.fromEntries(ACCOUNTS.map((name) => [name, { users: { bob: {} } }])),
    roles: {
      deployer: { accounts: ["one"], trusts: [{ service: "ec2.amazonaws.com" }] },
      ...Object.fromEntries(
        trusted.map((account, number) => [
          `trusted-${number}`,
          { accounts: [account], trusts: [{ service: "lambda.amazonaws.com" }] },
        ]),
      ),
      ...Object.fromEntries(
        trusting.map(({ account, trusts }, number) => [
          `trusting-${number}`,
          {
            accounts: [account],
            trusts: trusts.map(({ principal, ending, externalId }) =>
              principal < trusted.length
                ? {
                    account: trusted[principal],
                    role: `trusted-${principal}`,
                    ...ending,
                    externalId,
                  }
                : { account: ACCOUNTS[principal % 3], user: "bob", ...ending, externalId },
            ),
          },
        ]),
      ),
    },
  }));

test("in any organization, from any stage to any other, only trust policies and what is told of them differ", () => {
  fc.assert(
    fc.property(organization, fc.infiniteStream(fc.boolean()), (file, coin) => {
      const model = modelOf(file);
      const arns = trustedArns(model);
      const flip = () => arns.filter(() => coin.next().value === true);
      expectOnlyTrustsToDiffer(confirmed(model, flip()), confirmed(model, flip()));
    }),
    { numRuns: 25 },
  );
});
