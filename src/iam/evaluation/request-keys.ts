import { tryParseIamArn } from "../arn";
import { givenKeys } from "./given-keys";
import { timeOf } from "./moment";
import type { AccessRequest, Caller, RequestContext } from "./request";
import { isStsAction, type StsAction } from "./sts-action";

/** The value of a condition key in a request; undefined where the request does not carry the key. */
export type KnownValue = string | readonly string[] | undefined;

/** A value that cannot be told: one of the candidates, or anything where there are none. */
export interface UncertainValue {
  readonly candidates?: readonly KnownValue[];
  /** Why, as the end of "cannot be told because …". */
  readonly why: string;
}

/** Whether the value of a condition key cannot be told. */
export function isUncertain(value: KnownValue | UncertainValue): value is UncertainValue {
  return typeof value === "object" && "why" in value;
}

/**
 * The value that a condition key has when a permission is checked. `key` is in lower case: key
 * names are case-insensitive. What is derived from the caller and the request goes before
 * `context.keys`. Availability of the keys: IAM User Guide, "AWS global condition context keys" and
 * "IAM and AWS STS condition context keys"; values by kind of principal: "IAM policy elements:
 * Variables and tags", table "Principal key values".
 */
export function lookUpKey(check: AccessRequest, key: string): KnownValue | UncertainValue {
  if (check.context.unsaid?.has(key) === true) {
    return { why: "the request carries one, but its value is not said" };
  }
  return derivedKey(check, key) ?? givenKeys(check.context).get(key) ?? defaultKey(key);
}

function derivedKey(check: AccessRequest, key: string): KnownValue | UncertainValue {
  const { caller, context, resource } = check;
  // Services and federated callers are no IAM principals.
  const isPrincipal = caller.kind !== "service" && caller.kind !== "federated";
  switch (key) {
    case "aws:principalarn":
      return isPrincipal ? caller.arn : undefined;
    case "aws:principalaccount":
      return isPrincipal ? caller.accountId : undefined;
    case "aws:principalorgid":
      return isPrincipal ? context.organizationId : undefined;
    case "aws:principaltype":
      return PRINCIPAL_TYPES[caller.kind];
    case "aws:principalisawsservice":
      return caller.kind === "federated" ? undefined : String(caller.kind === "service");
    case "aws:principalservicename":
      return caller.kind === "service" ? caller.arn : undefined;
    case "aws:userid":
      return userId(caller);
    case "aws:username":
      return caller.kind === "user" ? tryParseIamArn(caller.arn)?.name : undefined;
    case "aws:multifactorauthpresent":
      return multiFactorAuthPresent(caller, context);
    case "aws:multifactorauthage":
      return (caller.kind === "user" || caller.kind === "root") && context.mfa === true
        ? context.mfaAge?.toString()
        : undefined;
    case "aws:sourceidentity":
      return caller.sourceIdentity;
    case "aws:sourceip":
      return context.sourceIp;
    case "aws:currenttime":
      return context.time;
    case "aws:epochtime":
      return epochTime(context);
    case "aws:resourceaccount":
      return resource.accountId;
    case "kms:calleraccount":
      return isPrincipal && isOfService(check, "kms") ? caller.accountId : undefined;
    case "s3:resourceaccount":
      return isOfService(check, "s3") ? resource.accountId : undefined;
    case "sts:externalid":
      return passed(check, context.externalId, ["sts:AssumeRole"]);
    case "sts:rolesessionname":
      return passed(check, context.roleSessionName, ASSUMING);
    case "sts:sourceidentity":
      return passed(check, context.sourceIdentity ?? caller.sourceIdentity, [
        ...ASSUMING,
        "sts:SetSourceIdentity",
      ]);
    case "sts:transitivetagkeys":
      return passed(check, context.transitiveTagKeys, TAGGING);
    case "aws:tagkeys":
      return passed(check, tagKeys(context.sessionTags), TAGGING);
    default:
      return key.startsWith(REQUEST_TAG)
        ? passed(check, requestTag(context.sessionTags, key.slice(REQUEST_TAG.length)), TAGGING)
        : undefined;
  }
}

const REQUEST_TAG = "aws:requesttag/";

/** IAM User Guide, "IAM policy elements: Variables and tags", table "Principal key values". */
const PRINCIPAL_TYPES = {
  root: "Account",
  user: "User",
  role: "AssumedRole",
  service: undefined,
  federated: undefined,
} as const;

/** Keys of a service's own come with its actions alone. */
function isOfService({ action }: AccessRequest, prefix: string): boolean {
  return action.toLowerCase().startsWith(`${prefix}:`);
}

const ASSUMING: readonly StsAction[] = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
];
const TAGGING: readonly StsAction[] = [...ASSUMING, "sts:TagSession"];

/**
 * A value passed with a request to assume a role; other requests carry none. The Service Authorization Reference lists which keys each action
 * supports; for an action that does not list the key, AWS does not say whether the request carries
 * it, and reports differ (`sts:ExternalId` when `sts:SetSourceIdentity` is checked).
 */
function passed(
  check: AccessRequest,
  value: KnownValue,
  listedFor: readonly StsAction[],
): KnownValue | UncertainValue {
  const { action } = check;
  if (value === undefined || !isStsAction(action)) return undefined;
  if (listedFor.includes(action)) return value;
  return {
    candidates: [undefined, value],
    why: `AWS does not say whether a check of ${action} carries it`,
  };
}

function userId(caller: Caller): KnownValue | UncertainValue {
  if (caller.kind === "root") return caller.accountId;
  if (caller.kind !== "role" && caller.kind !== "user") return undefined;
  if (caller.uniqueId === undefined) return { why: `the unique ID of ${caller.arn} is not known` };
  return caller.kind === "user" ? caller.uniqueId : `${caller.uniqueId}:${sessionNameOf(caller)}`;
}

/** The session name of a role's session. */
export function sessionNameOf(caller: Caller): string {
  return caller.sessionName ?? "session";
}

/**
 * Long-term keys carry the key only with MFA. For a role's session AWS says both that temporary
 * credentials carry the key (global condition keys) and that those of AssumeRole have no MFA
 * information ("Secure API access with MFA"): absent or false, never true.
 */
function multiFactorAuthPresent(
  caller: Caller,
  context: RequestContext,
): KnownValue | UncertainValue {
  if (caller.kind === "user") return context.mfa === true ? "true" : undefined;
  if (caller.kind === "root") return context.mfa === true ? "true" : NOT_TRUE;
  return caller.kind === "role" ? NEVER_TRUE : undefined;
}

const NEVER_TRUE: UncertainValue = {
  candidates: [undefined, "false"],
  why: "AWS does not say whether a role's session lacks it or carries false",
};

const NOT_TRUE: UncertainValue = {
  candidates: [undefined, "false"],
  why: "without MFA a root user's access keys lack it and its sign-in carries false",
};

function epochTime({ time }: RequestContext): KnownValue | UncertainValue {
  if (time === undefined) return undefined;
  const milliseconds = timeOf(time);
  if (milliseconds === undefined) return { why: `${time} is not a time` };
  return Math.floor(milliseconds / 1000).toString();
}

function tagKeys(tags: RequestContext["sessionTags"]): KnownValue {
  if (tags === undefined) return undefined;
  const keys = Object.keys(tags);
  return keys.length === 0 ? undefined : keys;
}

function requestTag(tags: RequestContext["sessionTags"], lowerCaseKey: string): KnownValue {
  if (tags === undefined) return undefined;
  const key = Object.keys(tags).find((candidate) => candidate.toLowerCase() === lowerCaseKey);
  return key === undefined ? undefined : tags[key];
}

/** Present in every request, and the same in every request that is worth judging. */
function defaultKey(key: string): KnownValue {
  if (key === "aws:securetransport") return "true";
  return key === "aws:viaawsservice" ? "false" : undefined;
}
