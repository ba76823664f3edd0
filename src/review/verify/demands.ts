import type { Conditions } from "../../iam/policy-document";
import type { Trust } from "../../trust/trust";
import type { TrustLimits } from "../../trust/trust-limits";
import { conditionDemands, type LabelledCondition } from "./condition-demands";
import type { Demand } from "./demand";
import { withKey } from "./request-with-key";

/** What a trust demands, by accounts.json alone: nothing of this looks at the policy that is made of it. */
export function demandsOf(trust: Trust): readonly Demand[] {
  if (trust.kind === "service") return [];
  if (trust.kind === "oidc") {
    const host = trust.issuer.replace(/^https:\/\//, "");
    return conditionDemands([
      oneOf(`${host}:aud`, "audience", [trust.audience]),
      oneOf(`${host}:sub`, "subject", trust.subjects),
    ]);
  }
  const { externalId, mfa, organizationId } = trust;
  return [
    ...(mfa ? [MFA] : []),
    ...conditionDemands([
      ...(externalId === undefined ? [] : [oneOf("sts:ExternalId", "external ID", [externalId])]),
      ...(organizationId === undefined
        ? []
        : [oneOf("aws:PrincipalOrgID", "organization", [organizationId])]),
      ...limitsOf(trust),
      ...ofConditions(trust.conditions ?? {}),
    ]),
  ];
}

/** That a key has one of these values; `*` and `?` are wildcards in each. */
export function oneOf(key: string, name: string, values: readonly string[]): LabelledCondition {
  const operator = values.some((value) => /[*?]/.test(value)) ? "StringLike" : "StringEquals";
  return { label: `${name} ${values.join(" or ")}`, operator, key, values };
}

/** The limits of a trust. */
function limitsOf(limits: TrustLimits): readonly LabelledCondition[] {
  const { sourceIdentity, sessionName, sessionTags, sourceIp, sourceVpce, expires } = limits;
  const tags = Object.keys(sessionTags ?? {});
  const limit = (
    operator: string,
    key: string,
    name: string,
    values: readonly string[] | undefined,
  ): readonly LabelledCondition[] =>
    values === undefined
      ? []
      : [{ label: `${name} ${values.join(" or ")}`, operator, key, values }];
  return [
    ...limit("StringLike", "sts:SourceIdentity", "source identity", sourceIdentity),
    ...limit("StringLike", "sts:RoleSessionName", "session name", sessionName),
    ...tags.flatMap((tag) =>
      limit("StringLike", `aws:RequestTag/${tag}`, `session tag ${tag}`, sessionTags?.[tag]),
    ),
    ...(sessionTags === undefined
      ? []
      : [
          {
            label: `no session tags but ${tags.join(" and ")}`,
            operator: "ForAllValues:StringEquals",
            key: "aws:TagKeys",
            values: tags,
          },
        ]),
    ...limit("IpAddress", "aws:SourceIp", "address", sourceIp),
    ...limit("StringEquals", "aws:SourceVpce", "VPC endpoint", sourceVpce),
    ...(expires === undefined
      ? []
      : limit("DateLessThan", "aws:CurrentTime", "its end at", [expires])),
  ];
}

/** Conditions in IAM's spelling, by their own text. */
export function ofConditions(conditions: Conditions): readonly LabelledCondition[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, oneOrMany]) => {
      const values = [oneOrMany].flat();
      return { label: `${operator} ${key} ${values.join(" or ")}`, operator, key, values };
    }),
  );
}

const MFA: Demand = {
  label: "MFA",
  met: (context) => ({ ...context, mfa: true, mfaAge: context.mfaAge ?? 60 }),
  unmet: ({ context }) => {
    const without = { ...context, mfa: undefined, mfaAge: undefined };
    // Temporary credentials of a user carry the key as false (GetSessionToken without a code).
    return [
      without,
      { ...without, keys: { ...context.keys, "aws:MultiFactorAuthPresent": "false" } },
    ];
  },
};

/** That a request comes by TLS. */
export const TLS: Demand = {
  label: "TLS",
  met: (context) => withKey(context, "aws:SecureTransport", undefined),
  unmet: ({ context }) => [withKey(context, "aws:SecureTransport", "false")],
};
