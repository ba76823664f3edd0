import { PARTITIONS, type Partition } from "../iam/arn";
import {
  compilePolicy,
  statementsCovering,
  type CompiledStatement,
  type PolicyKind,
} from "../iam/evaluation/compiled-policy";
import { evaluateAccess } from "../iam/evaluation/evaluate-access";
import { evaluateAssumeRole } from "../iam/evaluation/evaluate-assume-role";
import type {
  AccessRequest,
  AssumeRoleRequest,
  Decision,
  TargetResource,
} from "../iam/evaluation/request";
import type { PolicyDocument } from "../iam/policy-document";
import { ASSUMING, type AssumingAction } from "./assume-role-actions";
import type { Identity } from "./estate";

/** What principals are judged for: assuming a role, or an action on a resource. */
export interface Question {
  /** Questions of one kind are about the same statements of policies: `assume`, or the action. */
  readonly kind: string;
  readonly resource: TargetResource;
  /** As the request's conditions see it, where the caller has no operation of its own. */
  readonly action: string;
  /** Condition keys, in lower case, that are the same in every request that is judged. */
  readonly settledKeys: ReadonlySet<string>;
  /** The statements of a policy that bear on the answer. */
  statements(document: PolicyDocument, kind: PolicyKind): readonly CompiledStatement[];
  /** Of an allowing statement what it allows besides: it lets nobody in. Undefined: it lets in no one. */
  besides(statement: CompiledStatement): readonly string[] | undefined;
  evaluate(request: AccessRequest, operation?: AssumingAction): Decision["result"];
}

/** Whether principals can assume a role. */
export function mayAssume(role: Identity): Question {
  const { arn, accountId, trustPolicy = "unknown", resourceControlPolicies } = role;
  return {
    kind: "assume",
    resource: { arn, accountId, policy: trustPolicy, resourceControlPolicies },
    action: "sts:AssumeRole",
    settledKeys: SETTLED_WHEN_ASSUMING,
    statements: compilePolicy,
    besides: ({ actions }) =>
      ASSUMING.some((action) => actions.has(action))
        ? [...actions].filter((action) => !ASSUMING.some((assuming) => assuming === action))
        : undefined,
    evaluate: ({ caller, context, resource }, operation) => {
      const { policy = "unknown", resourceControlPolicies: controls } = resource;
      const request: AssumeRoleRequest = {
        action: operation,
        caller,
        role: { arn, accountId, trustPolicy: policy, resourceControlPolicies: controls },
        context,
      };
      return evaluateAssumeRole(request).result;
    },
  };
}

/** Whether principals can do something with a resource. */
export function mayDo(action: string, resource: TargetResource): Question {
  return {
    kind: action.toLowerCase(),
    resource,
    action,
    settledKeys: SETTLED,
    statements: (document, kind) => statementsCovering(document, kind, action),
    besides: () => [],
    evaluate: (request) => evaluateAccess(request).result,
  };
}

/** The partition of what is asked about. */
export function partitionOf({ resource: { arn } }: Question): Partition {
  const partition = PARTITIONS.find((candidate) => candidate === arn.split(":")[1]);
  if (partition === undefined) throw new Error(`${arn} is in no partition that is known here`);
  return partition;
}

const SETTLED: ReadonlySet<string> = new Set([
  "aws:resourceaccount",
  "aws:securetransport",
  "aws:principalisawsservice",
]);

const SETTLED_WHEN_ASSUMING: ReadonlySet<string> = new Set([...SETTLED, "aws:viaawsservice"]);
