import { accountPrincipalArn } from "../iam/arn";
import { permissionSetRolePatterns } from "../iam/permission-set-role";
import {
  asArray,
  oneOrMany,
  type Conditions,
  type OneOrMany,
  type Statement,
} from "../iam/policy-document";
import { carriedBy } from "./carried-by";
import {
  isAccountsTrust,
  stageOf,
  type AccountTrust,
  type GroupTrust,
  type PermissionSetTrust,
  type OidcTrust,
  type PrincipalTrust,
  type Trust,
  type TrustConditions,
} from "./trust";
import { limitConditions, merged as mergedConditions, sessionActions } from "./trust-limits";

/** What principals are allowed, beside who they are. */
export interface Allowance {
  /** @default - the operation by which a role is assumed */
  readonly actions?: OneOrMany<string>;
  /** @default - none: a trust policy and a repository policy have no `Resource` */
  readonly resources?: OneOrMany<string>;
  /** Conditions besides those of each trust. @default - none */
  readonly conditions?: Conditions;
}

/**
 * One trust as a statement before merging: statements that differ only in `principals` and in the
 * values of `merged` become one, because a trust policy has only 2,048 characters.
 *
 * Merging is exact: every merged value (an ARN, a unique ID) names its own account, so a caller from
 * one principal never meets the value meant for another.
 */
interface Part {
  readonly principalType: "AWS" | "Service" | "Federated";
  readonly principals: readonly string[];
  readonly action: OneOrMany<string>;
  /** Conditions that must be equal for two parts to be merged. */
  readonly fixed: Conditions;
  /** Conditions whose values are joined. */
  readonly merged: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * What a policy says of these trusts, at the stage that each stands at: in the trust policy of a role
 * or, with an allowance, in the policy of a resource that is shared with them.
 *
 * Guarantees: values and statements are sorted, so the same trusts give the same text in any order;
 * MFA, external ID and organization hold at every stage. Principals are never wildcards.
 */
export function stagedStatements(
  trusts: readonly Trust[],
  allowance: Allowance = {},
): readonly Statement[] {
  const groups = new Map<string, Part[]>();
  for (const part of trusts.flatMap(partsOf)) {
    const key = JSON.stringify([
      part.action,
      part.principalType,
      part.fixed,
      Object.entries(part.merged).map(([operator, keys]) => [operator, Object.keys(keys)]),
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()]
    .map((parts) => statementOf(parts, allowance))
    .map((statement) => ({ statement, text: JSON.stringify(statement) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ statement }) => statement);
}

function statementOf(parts: readonly Part[], allowance: Allowance): Statement {
  const [{ principalType, action, fixed }] = parts;
  const condition: Record<string, Record<string, string | readonly string[]>> = {};
  for (const conditions of [allowance.conditions ?? {}, fixed]) {
    for (const [operator, keys] of Object.entries(conditions)) {
      condition[operator] = { ...condition[operator], ...keys };
    }
  }
  for (const [operator, keys] of Object.entries(parts[0].merged)) {
    for (const key of Object.keys(keys)) {
      condition[operator] = {
        ...condition[operator],
        [key]: oneOrMany(sortedUnique(parts.flatMap((part) => part.merged[operator][key]))),
      };
    }
  }
  return {
    Effect: "Allow",
    Principal: { [principalType]: oneOrMany(sortedUnique(parts.flatMap((p) => p.principals))) },
    Action: allowance.actions === undefined ? action : oneOrMany(asArray(allowance.actions)),
    ...(allowance.resources !== undefined && { Resource: oneOrMany(asArray(allowance.resources)) }),
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

/**
 * Setting a source identity and tagging a session have a part each: AWS does not say that their checks
 * carry the keys that belong to the other one or to assuming the role, such as the session's name.
 */
function partsOf(trust: Trust): readonly Part[] {
  const part = partOf(trust);
  if (!isAccountsTrust(trust)) return [part];
  const ofSession = sessionActions(trust).map((action) => ({
    ...partOf(carriedBy(action, trust)),
    action,
  }));
  return [part, ...ofSession];
}

function partOf(trust: Trust): Part {
  switch (trust.kind) {
    case "role":
    case "user":
      return principalPart(trust);
    case "group":
      return assumeRole(trust, [accountOf(trust)], {
        ArnLike: {
          "aws:PrincipalArn": [`arn:${trust.partition}:iam::${trust.accountId}:user/*`],
        },
      });
    case "permission-set":
      return assumeRole(trust, [accountOf(trust)], {
        ArnLike: { "aws:PrincipalArn": permissionSetRolePatterns(trust) },
      });
    case "account":
      return assumeRole(trust, [accountOf(trust)], {});
    case "service":
      return {
        principalType: "Service",
        principals: [trust.service],
        action: "sts:AssumeRole",
        fixed: {},
        merged: {},
      };
    case "oidc":
      return oidcPart(trust);
  }
}

function principalPart(trust: PrincipalTrust): Part {
  const account = accountOf(trust);
  if (stageOf(trust) === "account") {
    return assumeRole(
      trust,
      [account],
      trust.guard.length === 0 ? {} : { ArnEquals: { "aws:PrincipalArn": trust.guard } },
    );
  }
  if (trust.tighten === "unique-id") {
    // A role session's aws:userid is "<role id>:<session name>", a user's is the bare id. The ARN
    // stays in the statement so that a reader of the policy sees which principal the id stands for.
    const userId = trust.kind === "role" ? `${trust.uniqueId}:*` : `${trust.uniqueId}`;
    return assumeRole(trust, [account], {
      ArnEquals: { "aws:PrincipalArn": [trust.principalArn] },
      StringLike: { "aws:userid": [userId] },
    });
  }
  return assumeRole(trust, [trust.principalArn], {});
}

function assumeRole(
  conditions: TrustConditions,
  principals: readonly string[],
  merged: Part["merged"],
): Part {
  const stringEquals = {
    ...(conditions.organizationId !== undefined && {
      "aws:PrincipalOrgID": conditions.organizationId,
    }),
    ...(conditions.externalId !== undefined && { "sts:ExternalId": conditions.externalId }),
  };
  return {
    principalType: "AWS",
    principals,
    action: "sts:AssumeRole",
    fixed: mergedConditions([
      conditions.mfa ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {},
      Object.keys(stringEquals).length > 0 ? { StringEquals: stringEquals } : {},
      limitConditions(conditions),
    ]),
    merged,
  };
}

/** The ARN of the provider resource of an issuer, in the trusting account. */
export function oidcProviderArn(trust: OidcTrust): string {
  return `arn:${trust.partition}:iam::${trust.accountId}:oidc-provider/${oidcHost(trust.issuer)}`;
}

function oidcHost(issuer: string): string {
  return issuer.replace(/^https:\/\//, "");
}

function oidcPart(trust: OidcTrust): Part {
  const host = oidcHost(trust.issuer);
  const audience = { [`${host}:aud`]: trust.audience };
  const subject = { [`${host}:sub`]: trust.subjects };
  const common = {
    principalType: "Federated",
    principals: [oidcProviderArn(trust)],
    action: "sts:AssumeRoleWithWebIdentity",
  } as const;
  return trust.subjects.some((value) => /[*?]/.test(value))
    ? { ...common, fixed: { StringEquals: audience }, merged: { StringLike: subject } }
    : { ...common, fixed: { StringEquals: audience }, merged: { StringEquals: subject } };
}

function accountOf(trust: PrincipalTrust | GroupTrust | PermissionSetTrust | AccountTrust): string {
  return accountPrincipalArn(trust.partition, trust.accountId);
}

function sortedUnique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
