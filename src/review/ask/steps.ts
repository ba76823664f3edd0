import type { Access, FoundRequests } from "../../estate/access";
import { callerOf } from "../../estate/caller-of";
import type { Estate, EstateResource } from "../../estate/estate";
import type { AccessCount } from "../../estate/judge";
import { UNREAD } from "../../estate/made-up-callers";
import type { ResourceAccess } from "../../estate/resource-access";
import type { AccessRequest, Caller } from "../../iam/evaluation/request";
import { decideOn, type Decided, type Target } from "./decide-on";
import type { Step } from "./way";

/** Turns accesses into steps: decided once more on the whole policies, to know the statements. */
export class Steps {
  private readonly known = new WeakMap<object, Step>();

  constructor(
    private readonly estate: Estate,
    private readonly requests: FoundRequests,
    private readonly count: AccessCount,
  ) {}

  ofRole(access: Access): Step {
    const role = this.estate.identities.get(access.roleArn);
    const target = role === undefined ? undefined : ({ kind: "role", role } as const);
    return this.step(access, "sts:AssumeRole", access.roleArn, target);
  }

  ofResource(access: ResourceAccess): Step {
    const { resourceArn: arn } = access;
    const resource = this.resourceAt(arn);
    const target =
      resource === undefined ? undefined : ({ kind: "resource", resource, arn } as const);
    return this.step(access, access.action, arn, target);
  }

  /** The resource, or the bucket of an object. */
  private resourceAt(arn: string): EstateResource | undefined {
    const { resources } = this.estate;
    return resources.get(arn) ?? resources.get(arn.split("/")[0]);
  }

  private step(
    access: Access | ResourceAccess,
    action: string,
    arn: string,
    target: Target | undefined,
  ): Step {
    const known = this.known.get(access);
    if (known !== undefined) return known;
    const { result, needs, by } = access;
    const request = this.requests.get(access);
    const step: Step = {
      action: request?.action ?? action,
      arn,
      result,
      needs,
      by,
      ...this.decided(access, request, target),
    };
    this.known.set(access, step);
    return step;
  }

  private decided(
    { result }: Access | ResourceAccess,
    request: AccessRequest | undefined,
    target: Target | undefined,
  ): Pick<Step, "places" | "reason"> {
    if (request === undefined || target === undefined) return { places: [], reason: UNREADABLE };
    const { action, context } = request;
    const identity = this.estate.identities.get(request.caller.arn);
    const { sessionName } = request.caller;
    const caller = identity === undefined ? request.caller : { ...callerOf(identity), sessionName };
    this.count.evaluations += 1;
    const decision = decideOn({ caller, identity, action, target, context });
    if (result === "allowed") return { places: decision.places };
    return { places: [], reason: reasonOf(decision, caller) };
  }
}

function reasonOf({ result, reason }: Decided, { identityPolicies }: Caller): string {
  if (identityPolicies === UNREAD.identityPolicies) return NOT_MADE;
  return result === "unknown" ? reason : UNCERTAIN;
}

const NOT_MADE = "it cannot be told: no stack makes it, so that what it may do is not known";
const UNREADABLE = "it cannot be told: a policy that decides cannot be read";
const UNCERTAIN = "it cannot be told: no request was found that certainly gets in";
