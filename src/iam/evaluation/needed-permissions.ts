import { tryParseIamArn } from "../arn";
import type { AssumeRoleRequest, Caller } from "./request";
import type { StsAction } from "./sts-action";

/** A permission that a request needs, and what of the request asks for it. */
export interface NeededPermission {
  readonly action: StsAction;
  /** Undefined for the operation itself: `the request carries session tags`. */
  readonly because?: string;
}

/** The operation that the caller calls. */
function operationOf({ action, caller }: AssumeRoleRequest): StsAction {
  return action ?? usualOperation(caller);
}

/**
 * The operation itself, `sts:TagSession` with session tags, and `sts:SetSourceIdentity` with a
 * source identity, passed or inherited (IAM User Guide, "Passing session tags in AWS STS" and
 * "Monitor and control actions taken with assumed roles").
 */
export function neededPermissions(request: AssumeRoleRequest): readonly NeededPermission[] {
  const { context, caller } = request;
  const operation: NeededPermission = { action: operationOf(request) };
  const tagged =
    (context.transitiveTagKeys?.length ?? 0) > 0 ||
    (context.sessionTags !== undefined && Object.keys(context.sessionTags).length > 0);
  const identified = context.sourceIdentity !== undefined || caller.sourceIdentity !== undefined;
  if (!tagged && !identified) return [operation];
  return [
    operation,
    ...(tagged ? [TAG_SESSION] : []),
    ...(identified ? [context.sourceIdentity === undefined ? KEEP_IDENTITY : SET_IDENTITY] : []),
  ];
}

const TAG_SESSION: NeededPermission = {
  action: "sts:TagSession",
  because: "the request carries session tags",
};
const SET_IDENTITY: NeededPermission = {
  action: "sts:SetSourceIdentity",
  because: "the request sets a source identity",
};
const KEEP_IDENTITY: NeededPermission = {
  action: "sts:SetSourceIdentity",
  because: "the caller's session carries a source identity on",
};

/** Why AWS refuses a request whatever the policies say; undefined where the policies decide. */
export function refusalBeforePolicies(request: AssumeRoleRequest): string | undefined {
  const { caller, role, context } = request;
  if (caller.kind === "root") {
    // API_AssumeRole: "You cannot use AWS account root user credentials to call AssumeRole."
    return `${caller.arn} is the root user of an account, who may not assume roles`;
  }
  const operation = operationOf(request);
  if ((caller.kind === "federated") === (operation === "sts:AssumeRole")) {
    return caller.kind === "federated"
      ? `${caller.arn} is an identity provider: those who sign in there cannot call ${operation}`
      : `only those who sign in at an identity provider call ${operation}, and ${caller.arn} is none`;
  }
  if (isOfOtherPartition(caller, role.arn)) {
    return `${caller.arn} and ${role.arn} are in different partitions, between which no role is assumed`;
  }
  if (
    caller.sourceIdentity !== undefined &&
    context.sourceIdentity !== undefined &&
    caller.sourceIdentity !== context.sourceIdentity
  ) {
    return `the caller's session carries the source identity ${caller.sourceIdentity}, which cannot be changed to ${context.sourceIdentity}`;
  }
  return undefined;
}

function usualOperation(caller: Caller): StsAction {
  if (caller.kind !== "federated") return "sts:AssumeRole";
  return tryParseIamArn(caller.arn)?.type === "saml-provider"
    ? "sts:AssumeRoleWithSAML"
    : "sts:AssumeRoleWithWebIdentity";
}

/** Whether a caller has an ARN of another partition than a resource. */
export function isOfOtherPartition(caller: Caller, arn: string): boolean {
  return caller.arn.startsWith("arn:") && partitionOf(caller.arn) !== partitionOf(arn);
}

function partitionOf(arn: string): string {
  return arn.slice(4, arn.indexOf(":", 4));
}
