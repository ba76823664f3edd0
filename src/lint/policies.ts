import type { Estate, Identity, IdentityPolicy, Origin } from "../estate/estate";
import { asArray, type PolicyDocument, type Statement } from "../iam/policy-document";

/** What a policy is for: who may assume a role, what an identity may do, who may use a resource. */
export type PolicyKind = "trust" | "identity" | "resource";

/** A policy that the stacks write, with whom or what it belongs to. */
export interface LintedPolicy {
  readonly kind: PolicyKind;
  /** ARN of the role, user or resource. */
  readonly ownerArn: string;
  readonly accountId: string;
  /** Terraform's type of the resource; `role` or `user`. */
  readonly ownerType: string;
  /** `trust policy`, `policy CrossAccountAssumeRole`, `resource policy`. */
  readonly name: string;
  readonly document: PolicyDocument;
  /** Where each statement stands. */
  readonly originOf: (statement: number) => Origin;
}

/** A statement with its policy. */
export interface LintedStatement {
  readonly policy: LintedPolicy;
  readonly statement: Statement;
  /** Counts from 0. */
  readonly index: number;
}

/** Every statement that the stacks write. A group's policy is there once, whatever its members. */
export function statementsOf(estate: Estate): readonly LintedStatement[] {
  return policiesOf(estate).flatMap((policy) =>
    asArray(policy.document.Statement).map((statement, index) => ({ policy, statement, index })),
  );
}

function policiesOf(estate: Estate): readonly LintedPolicy[] {
  const seen = new Set<string>();
  return [
    ...[...estate.identities.values()].flatMap((identity) => [
      ...trustPolicyOf(identity),
      ...identity.policies.flatMap((policy) => identityPolicyOf(identity, policy, seen)),
    ]),
    ...[...estate.resources.values()].flatMap((resource): readonly LintedPolicy[] => {
      const { arn, accountId, type, policy, origin, policyOrigins = [] } = resource;
      // A key without a policy of its own has AWS's.
      if (typeof policy !== "object") return [];
      return [
        {
          kind: "resource",
          ownerArn: arn,
          accountId,
          ownerType: type,
          name: "resource policy",
          document: policy,
          originOf: (index) => policyOrigins[index] ?? policyOrigins[0] ?? origin,
        },
      ];
    }),
  ];
}

function trustPolicyOf(identity: Identity): readonly LintedPolicy[] {
  const { trustPolicy, arn, accountId, kind, origin } = identity;
  if (typeof trustPolicy !== "object") return [];
  return [
    {
      kind: "trust",
      ownerArn: arn,
      accountId,
      ownerType: kind,
      name: "trust policy",
      document: trustPolicy,
      originOf: () => origin,
    },
  ];
}

/** AWS's own policies are not the stacks'. */
function identityPolicyOf(
  { arn, accountId, kind }: Identity,
  { name, document, group, origin }: IdentityPolicy,
  seen: Set<string>,
): readonly LintedPolicy[] {
  const written = `${origin.stack} ${origin.address} ${name}`;
  if (document === undefined || /^arn:aws[a-z-]*:iam::aws:/.test(name)) return [];
  if (group !== undefined) {
    if (seen.has(written)) return [];
    seen.add(written);
  }
  const partition = arn.split(":")[1];
  return [
    {
      kind: "identity",
      // A group's path is in no estate.
      ownerArn: group === undefined ? arn : `arn:${partition}:iam::${accountId}:group/${group}`,
      accountId,
      ownerType: group === undefined ? kind : "group",
      name: `policy ${name}`,
      document,
      originOf: () => origin,
    },
  ];
}
