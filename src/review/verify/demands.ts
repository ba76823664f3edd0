import type { RequestContext } from "../../iam/evaluation/request";
import type { Trust } from "../../trust/trust";
import type { TrustLimits } from "../../trust/trust-limits";

/** Something that a trust demands of every request, with requests that tell whether it does. */
export interface Demand {
  /** For people: `MFA`, `external ID agreed`. Equal demands have equal labels. */
  readonly label: string;
  /** The context of a request that meets it. */
  readonly met: (context: RequestContext) => RequestContext;
  /** Contexts that do not meet it: each must be refused. */
  readonly unmet: (context: RequestContext) => readonly RequestContext[];
}

/** What a trust demands, by accounts.json alone: nothing of this looks at the policy that is made of it. */
export function demandsOf(trust: Trust): readonly Demand[] {
  if (trust.kind === "service") return [];
  if (trust.kind === "oidc") {
    const host = trust.issuer.replace(/^https:\/\//, "");
    return [
      claim(`${host}:aud`, "audience", [trust.audience]),
      claim(`${host}:sub`, "subject", trust.subjects),
    ];
  }
  const { externalId, mfa, organizationId } = trust;
  return [
    ...(mfa ? [MFA] : []),
    ...(externalId === undefined ? [] : [externalIdOf(externalId)]),
    ...(organizationId === undefined ? [] : [organizationOf(organizationId)]),
    ...limitDemands(trust),
  ];
}

/**
 * The limits of a trust. Raw `conditions` are not among them: what they mean is their own text alone.
 * A favourable request meets them already, so that there is nothing to add to it.
 */
function limitDemands(limits: TrustLimits): readonly Demand[] {
  const { sourceIdentity, sessionName, sessionTags, sourceIp, sourceVpce, expires } = limits;
  const limit = (
    label: string,
    ...unmet: readonly ((context: RequestContext) => RequestContext)[]
  ): Demand => ({ label, met: (context) => context, unmet: (c) => unmet.map((make) => make(c)) });
  return [
    ...(sourceIdentity === undefined
      ? []
      : [
          limit(`source identity ${sourceIdentity.join(" or ")}`, (context) => ({
            ...context,
            sourceIdentity: undefined,
          })),
        ]),
    ...(sessionName === undefined
      ? []
      : [
          limit(`session name ${sessionName.join(" or ")}`, (context) => ({
            ...context,
            roleSessionName: NOBODY,
          })),
        ]),
    ...Object.entries(sessionTags ?? {}).map(([key, values]) =>
      limit(`session tag ${key} ${values.join(" or ")}`, (context) => {
        const others = Object.entries(context.sessionTags ?? {}).filter(([name]) => name !== key);
        return { ...context, sessionTags: Object.fromEntries(others) };
      }),
    ),
    ...(sessionTags === undefined
      ? []
      : [
          limit(`no session tags but ${Object.keys(sessionTags).join(" and ")}`, (context) => ({
            ...context,
            sessionTags: { ...context.sessionTags, [NOBODY]: NOBODY },
          })),
        ]),
    ...(sourceIp === undefined
      ? []
      : [
          limit(`address ${sourceIp.join(" or ")}`, (context) => ({
            ...context,
            sourceIp: undefined,
          })),
        ]),
    ...(sourceVpce === undefined
      ? []
      : [
          limit(`VPC endpoint ${sourceVpce.join(" or ")}`, (context) => ({
            ...context,
            keys: withoutKey(context.keys, "aws:SourceVpce"),
          })),
        ]),
    ...(expires === undefined
      ? []
      : [limit(`its end at ${expires}`, (context) => ({ ...context, time: expires }))]),
  ];
}

/** A session name that no pattern means, and a tag that no trust names. */
const NOBODY = "crosstrust-nobody";

function withoutKey(keys: RequestContext["keys"], key: string): RequestContext["keys"] {
  return Object.fromEntries(
    Object.entries(keys ?? {}).filter(([name]) => name.toLowerCase() !== key.toLowerCase()),
  );
}

const MFA: Demand = {
  label: "MFA",
  met: (context) => ({ ...context, mfa: true, mfaAge: context.mfaAge ?? 60 }),
  unmet: (context) => {
    const without = { ...context, mfa: undefined, mfaAge: undefined };
    // Temporary credentials of a user carry the key as false (GetSessionToken without a code).
    return [
      without,
      { ...without, keys: { ...context.keys, "aws:MultiFactorAuthPresent": "false" } },
    ];
  },
};

function externalIdOf(expected: string): Demand {
  return {
    label: `external ID ${expected}`,
    met: (context) => ({ ...context, externalId: expected }),
    unmet: (context) =>
      [undefined, ...otherThan(expected)].map((externalId) => ({ ...context, externalId })),
  };
}

function organizationOf(expected: string): Demand {
  return {
    label: `organization ${expected}`,
    met: (context) => ({ ...context, organizationId: expected }),
    unmet: (context) =>
      [undefined, "o-zzzzzzzzzz", ...otherThan(expected)].map((organizationId) => ({
        ...context,
        organizationId,
      })),
  };
}

function claim(key: string, name: string, expected: readonly string[]): Demand {
  const others = expected.some((value) => /[*?]/.test(value))
    ? ["another"]
    : expected.flatMap(otherThan);
  const withKey = (context: RequestContext, value: string | undefined): RequestContext => {
    const keys = withoutKey(context.keys, key);
    return { ...context, keys: value === undefined ? keys : { ...keys, [key]: value } };
  };
  return {
    label: `${name} ${expected.join(" or ")}`,
    met: (context) => withKey(context, expected[0].replace(/\*/g, "x").replace(/\?/g, "x")),
    unmet: (context) =>
      [undefined, ...others]
        .filter((value) => value === undefined || !expected.includes(value))
        .map((value) => withKey(context, value)),
  };
}

/** Values that differ a little: a wildcard at either end, or an operator that ignores case, takes one. */
function otherThan(value: string): readonly string[] {
  const upper = value.toUpperCase();
  const otherCase = upper === value ? value.toLowerCase() : upper;
  return ["another", `${value}x`, `x${value}`, ...(otherCase === value ? [] : [otherCase])];
}
