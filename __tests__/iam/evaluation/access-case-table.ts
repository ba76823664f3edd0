import { join } from "node:path";
import type { Caller, NamedPolicy, RequestContext } from "../../../src/iam/evaluation/request";
import type { AccessRequest, Decision, TargetResource } from "../../../src/iam/evaluation/request";
import { policyDocument } from "../../../src/iam/policy-document";
import { callerOf, documentOf, readJson, type PolicyText } from "./case-table";
import { controlPoliciesOf, type ControlPolicyText } from "./control-policies-of-case";

/** A rule with one request for something other than a role's session that shows it. */
export interface AccessCase {
  readonly rule: string;
  /** A name of callers.json: `bar` and `alice` are of 111122223333, `local-…` of 444455556666. */
  readonly caller: string;
  readonly action: string;
  /** A name of resources.json: all are of 444455556666. */
  readonly resource: string;
  /** @default - the resource has no policy */
  readonly policy?: PolicyText;
  readonly otherArns?: readonly string[];
  /** `may`: allows the action on the resource. @default - no identity policies */
  readonly identity?: PolicyText | "may";
  readonly boundary?: PolicyText;
  readonly session?: PolicyText;
  /** Service control policies of the caller's account. @default - none */
  readonly scp?: ControlPolicyText;
  /** Resource control policies of 444455556666. @default - none */
  readonly rcp?: ControlPolicyText;
  readonly context?: RequestContext;
  /** Overrides of the caller's fields. */
  readonly with?: Partial<Caller>;
  readonly expect: Decision["result"];
  /** The whole reason. */
  readonly reason?: string;
  /** `policy statement`, such as `bucket policy 0`. */
  readonly decidedBy?: readonly string[];
}

/** The cases of one family: a file in `cases/access/`. */
export function readAccessCases(family: string): readonly AccessCase[] {
  return readJson(join("cases", "access", `${family}.json`));
}

/** The request of a case. */
export function accessRequestOf(rule: AccessCase): AccessRequest {
  const { action, policy, boundary, session, otherArns } = rule;
  const found = RESOURCES[rule.resource];
  if (found === undefined) throw new Error(`resources.json has no ${rule.resource}`);
  const sessionPolicy = session === undefined ? undefined : documentOf(session);
  return {
    caller: {
      ...callerOf(rule.caller),
      ...rule.with,
      identityPolicies: identityPolicies(rule, found.arn),
      permissionsBoundary: boundary === undefined ? undefined : documentOf(boundary),
      sessionPolicies: typeof sessionPolicy === "object" ? [sessionPolicy] : undefined,
      serviceControlPolicies: controlPoliciesOf("service", rule.scp),
    },
    action,
    resource: {
      ...found,
      policy: policy === undefined ? undefined : documentOf(policy),
      otherArns,
      resourceControlPolicies: controlPoliciesOf("resource", rule.rcp),
    },
    context: rule.context ?? {},
  };
}

function identityPolicies({ identity, action }: AccessCase, arn: string): readonly NamedPolicy[] {
  if (identity === undefined) return [];
  if (identity === "may") {
    return [
      {
        name: "may",
        document: policyDocument([{ Effect: "Allow", Action: action, Resource: arn }]),
      },
    ];
  }
  const document = documentOf(identity);
  return [{ name: "inline", document: document === "unknown" ? undefined : document }];
}

const RESOURCES: Readonly<Record<string, TargetResource | undefined>> = readJson("resources.json");
