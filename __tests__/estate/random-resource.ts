import fc from "fast-check";
import type { Estate, EstateResource, Identity } from "../../src/estate/estate";
import type { ResourceQuestion } from "../../src/estate/resource-access";
import {
  asArray,
  policyDocument,
  type OneOrMany,
  type PolicyDocument,
  type Statement,
} from "../../src/iam/policy-document";
import { randomEstate } from "./random-estate";

const OWNER = "444455556666";

/** Actions on resources of one account, by services with rules of their own. */
const TARGETS = [
  { action: "s3:GetObject", all: "s3:*", arn: "arn:aws:s3:::acme", inside: "/x" },
  { action: "s3:PutBucketPolicy", all: "s3:*", arn: "arn:aws:s3:::acme", inside: "" },
  {
    action: "kms:Decrypt",
    all: "kms:*",
    arn: `arn:aws:kms:eu-west-1:${OWNER}:key/k-1`,
    inside: "",
  },
  { action: "sqs:SendMessage", all: "sqs:*", arn: `arn:aws:sqs:eu-west-1:${OWNER}:q`, inside: "" },
] as const;

type Target = (typeof TARGETS)[number];

/** An estate with a resource, and what is asked of it. */
export interface ResourceCase {
  readonly estate: Estate;
  readonly question: ResourceQuestion & { readonly arn: string };
}

/**
 * A random estate whose policies speak of a resource instead of roles; the trust policy of one of its
 * roles is the policy of the resource.
 */
export const randomResource: fc.Arbitrary<ResourceCase> = fc
  .tuple(randomEstate, fc.constantFrom(...TARGETS), fc.integer({ min: 0, max: 5 }))
  .map(([estate, target, kind]) => {
    const identities = [...estate.identities.values()];
    const role = identities.find(({ trustPolicy }) => typeof trustPolicy === "object");
    const trust = role?.trustPolicy;
    const policy =
      kind === 0 || typeof trust !== "object" ? undefined : onResource(trust, target, true);
    const origin = { stack: "test", address: "test" };
    const resource: EstateResource = {
      type: "test",
      arn: target.arn,
      accountId: OWNER,
      policy: kind === 1 ? "unknown" : policy,
      grants:
        kind === 2
          ? [
              {
                granteePrincipal: identities[0].arn,
                operations: ["Decrypt"],
                constrained: false,
                origin,
              },
            ]
          : [],
      defined: true,
      origin,
    };
    const speaking = identities.map((identity) => onResourceToo(identity, target));
    return {
      estate: { ...estate, identities: new Map(speaking.map((one) => [one.arn, one])) },
      question: { resource, actions: [target.action], arn: target.arn + target.inside },
    };
  });

function onResourceToo(identity: Identity, target: Target): Identity {
  const { policies, permissionsBoundary: boundary } = identity;
  return {
    ...identity,
    policies: policies.map(({ document, ...policy }) => ({
      ...policy,
      document: document === undefined ? undefined : onResource(document, target, false),
    })),
    permissionsBoundary:
      typeof boundary === "object" ? onResource(boundary, target, false) : boundary,
  };
}

function onResource(
  { Statement }: PolicyDocument,
  target: Target,
  ofResource: boolean,
): PolicyDocument {
  const statements = asArray(Statement).map((statement): Statement => {
    const { Effect, Principal, NotPrincipal, Action, Resource, NotResource, Condition } = statement;
    const resources = (given: OneOrMany<string> | undefined): OneOrMany<string> | undefined =>
      given === undefined ? undefined : asArray(given).map((arn) => resourceFor(arn, target));
    return {
      Effect,
      ...(Principal !== undefined && { Principal }),
      ...(NotPrincipal !== undefined && { NotPrincipal }),
      Condition,
      ...(Action === undefined ? { NotAction: "iam:*" } : { Action: actionsFor(Action, target) }),
      ...(ofResource
        ? { Resource: "*" }
        : { Resource: resources(Resource), NotResource: resources(NotResource) }),
    };
  });
  return policyDocument(statements);
}

function actionsFor(actions: OneOrMany<string>, { action, all }: Target): OneOrMany<string> {
  return asArray(actions).map((name) =>
    name === "sts:AssumeRole" ? action : name === "sts:*" ? all : name,
  );
}

/** Some ARNs of roles become the resource's own, and patterns become such as match it. */
function resourceFor(arn: string, { arn: own, inside }: Target): string {
  if (arn.endsWith(":role/*")) return `${own}*`;
  return arn.endsWith("role/foo") || arn.endsWith("role/ci") ? own + inside : arn;
}
