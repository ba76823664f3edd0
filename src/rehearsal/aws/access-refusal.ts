import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import type { Caller, RequestContext, TargetResource } from "../../iam/evaluation/request";
import { asArray, type PolicyDocument } from "../../iam/policy-document";

/** A request that a service makes, or judges, while something is deployed. */
export interface ServiceRequest {
  readonly caller: Caller;
  /** `kms:CreateGrant`. */
  readonly action: string;
  readonly resource: TargetResource;
  readonly context: RequestContext;
}

/**
 * Why policies refuse a request, in one sentence; undefined where they do not. What a policy that the
 * rehearsal cannot know would decide is not refused: of AWS's own managed policies it knows only what
 * they say about assuming roles, and of AdministratorAccess all.
 */
export function accessRefusal({ caller, ...request }: ServiceRequest): string | undefined {
  const { result, reason } = evaluateAccess({
    ...request,
    caller: {
      ...caller,
      identityPolicies: caller.identityPolicies.map(({ name, document }) =>
        isAwsManaged(name) && document !== undefined && !isWhole(document)
          ? { name }
          : { name, document },
      ),
      permissionsBoundary: wholeBoundary(caller.permissionsBoundary),
    },
  });
  return result === "denied" ? reason : undefined;
}

/** An AWS service that acts for itself. */
export function serviceCaller(service: string): Caller {
  return { kind: "service", arn: service, identityPolicies: [] };
}

function isAwsManaged(policyName: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(policyName);
}

/** A managed policy is listed with its statements on STS alone, but for one that allows everything. */
function isWhole({ Statement }: PolicyDocument): boolean {
  return asArray(Statement).some(({ Action }) => Action === "*");
}

/** A boundary that speaks of nothing but STS is one of AWS's own, of which no more is listed. */
function wholeBoundary(boundary: Caller["permissionsBoundary"]): Caller["permissionsBoundary"] {
  if (boundary === undefined || boundary === "unknown") return boundary;
  const speaksOfMore = asArray(boundary.Statement).some(
    ({ Action }) => Action === undefined || asArray(Action).some((name) => !/^sts:/i.test(name)),
  );
  return speaksOfMore ? boundary : "unknown";
}
