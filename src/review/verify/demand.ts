import type { Condition } from "../../iam/evaluation/conditions";
import type { AccessRequest, RequestContext } from "../../iam/evaluation/request";

/** Something that a trust demands of every request, with requests that tell whether it does. */
export interface Demand {
  /** For people: `MFA`, `external ID agreed`. Equal demands have equal labels. */
  readonly label: string;
  /** The context of a request that meets it. What a request carries already stays. */
  readonly met: (context: RequestContext) => RequestContext;
  /**
   * Contexts of a request, which meets the other demands, that do not meet it: each must be refused.
   * `mentioned`: the conditions of the policy that decides, whose values are worth a try.
   */
  readonly unmet: (
    request: AccessRequest,
    mentioned: readonly Condition[],
  ) => readonly RequestContext[];
  /** Contexts of such a request that meet it each in a way of its own. @default - there is one way */
  readonly ways?: (request: AccessRequest) => readonly LabelledContext[];
}

/** A context, and what is special about it: `aws:RequestedRegion eu-west-1`. */
export interface LabelledContext {
  readonly label: string;
  readonly context: RequestContext;
}
