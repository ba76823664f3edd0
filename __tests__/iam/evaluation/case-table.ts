import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AssumeRoleRequest, Caller, NamedPolicy } from "../../../src/iam/evaluation/request";
import type { Decision, RequestContext } from "../../../src/iam/evaluation/request";
import { policyDocument } from "../../../src/iam/policy-document";
import type { Conditions, PolicyDocument, Statement } from "../../../src/iam/policy-document";
import { controlPoliciesOf, type ControlPolicyText } from "./control-policies-of-case";

/** Statements of a 2012-10-17 policy, a whole document, or one that cannot be read. */
export type PolicyText = readonly Statement[] | PolicyDocument | "unknown";

/**
 * A rule with one request that shows it. The role to be assumed is of 444455556666.
 */
export interface RuleCase {
  readonly rule: string;
  /** A name of callers.json: `bar` and `alice` are of 111122223333, `local-…` of 444455556666. */
  readonly caller: string;
  /** `account`: allows sts:AssumeRole to the caller's account, under `condition` where it stands. */
  readonly trust: PolicyText | "account";
  readonly condition?: Conditions;
  /** `may assume`: allows sts:AssumeRole on the role. @default - no identity policies */
  readonly identity?: PolicyText | "may assume";
  readonly boundary?: PolicyText;
  readonly session?: PolicyText;
  /** Service control policies of the caller's account. @default - none */
  readonly scp?: ControlPolicyText;
  /** Resource control policies of 444455556666. @default - none */
  readonly rcp?: ControlPolicyText;
  readonly context?: RequestContext;
  /** Overrides of the caller's fields. */
  readonly with?: Partial<Caller>;
  /** @default - ROLE_ARN */
  readonly role?: string;
  readonly action?: AssumeRoleRequest["action"];
  readonly expect: Decision["result"];
  /** The whole reason. */
  readonly reason?: string;
  /** `policy statement`, such as `trust policy 0`. */
  readonly decidedBy?: readonly string[];
}

/** The role that all cases ask for. */
export const ROLE_ARN = "arn:aws:iam::444455556666:role/crosstrust/foo_bar";
const ROLE_ACCOUNT = "444455556666";

/** The cases of one family: a file in `cases/`. */
export function readCases(family: string): readonly RuleCase[] {
  return readJson(join("cases", `${family}.json`));
}

/** The request of a case. */
export function requestOf(rule: RuleCase): AssumeRoleRequest {
  const caller: Caller = { ...callerOf(rule.caller), ...rule.with };
  const boundary = rule.boundary === undefined ? undefined : documentOf(rule.boundary);
  const session = rule.session === undefined ? undefined : documentOf(rule.session);
  return {
    action: rule.action,
    caller: {
      ...caller,
      identityPolicies: identityPolicies(rule.identity),
      permissionsBoundary: boundary,
      sessionPolicies: session === undefined || session === "unknown" ? undefined : [session],
      serviceControlPolicies: controlPoliciesOf("service", rule.scp),
    },
    role: {
      arn: rule.role ?? ROLE_ARN,
      accountId: ROLE_ACCOUNT,
      trustPolicy: trustPolicy(rule, caller),
      resourceControlPolicies: controlPoliciesOf("resource", rule.rcp),
    },
    context: rule.context ?? {},
  };
}

function trustPolicy(rule: RuleCase, { accountId }: Caller): PolicyDocument | "unknown" {
  if (rule.trust !== "account") return documentOf(rule.trust);
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "sts:AssumeRole",
      Condition: rule.condition,
    },
  ]);
}

function identityPolicies(text: RuleCase["identity"]): readonly NamedPolicy[] {
  if (text === undefined) return [];
  if (text === "may assume") {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Resource: ROLE_ARN } as const;
    return [{ name: "may-assume", document: policyDocument([statement]) }];
  }
  const document = documentOf(text);
  return [{ name: "inline", document: document === "unknown" ? undefined : document }];
}

/** The document that a policy of a case means. */
export function documentOf(text: PolicyText): PolicyDocument | "unknown" {
  return text === "unknown" || "Statement" in text ? text : policyDocument(text);
}

/** A caller of callers.json, without policies. */
export function callerOf(name: string): Caller {
  const found = CALLERS[name];
  if (found === undefined) throw new Error(`callers.json has no ${name}`);
  return { ...found, identityPolicies: [] };
}

/** A JSON file beside this one. */
export function readJson(path: string) {
  return JSON.parse(readFileSync(join(__dirname, path), "utf8"));
}

const CALLERS: Readonly<Record<string, Caller | undefined>> = readJson("callers.json");
