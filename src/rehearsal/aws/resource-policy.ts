import { NotAPolicy, policyDocumentOf } from "../../estate/policy-document-shape";
import { tryKnownText, type ResolvedText } from "../../estate/resolved-text";
import {
  asArray,
  policySize,
  type PolicyDocument,
  type Statement,
} from "../../iam/policy-document";
import { POLICY_QUOTAS, type PolicyMeasure } from "../../sharing/quotas";
import type { SharedType } from "../../sharing/shared-resource";
import { pinPolicy, shownPolicy, type PinnedPolicy } from "./pinned-policy";
import { RESOURCE_POLICY_RULES, type ResourcePolicyRules } from "./resource-policy-rules";
import type { SimulatedAccount } from "./simulated-account";

/** The policy of a resource as its service keeps it. */
export type ResourcePolicy =
  | ({ readonly known: true } & PinnedPolicy)
  /** Parts of it the rehearsal cannot know; nothing about it is refused. */
  | { readonly known: false; readonly text: ResolvedText };

/**
 * Takes the policy of a resource; refused where the service refuses it, above all where a principal
 * does not exist, and where it is larger than its quota.
 */
export function takeResourcePolicy(
  account: SimulatedAccount,
  type: SharedType,
  text: ResolvedText,
  resourceArn: string,
): ResourcePolicy {
  const known = tryKnownText(text);
  if (known === undefined) return { known: false, text };
  const rules = RESOURCE_POLICY_RULES[type];
  const written = readDocument(known, rules);
  const statements = asArray(written.Statement);
  if (statements.length === 0) throw rules.malformed("Missing required field Statement");
  for (const statement of statements) {
    refuseMalformed(statement, rules);
    if (type === "s3-bucket") refuseOtherBuckets(statement, rules, resourceArn);
  }
  const policy = pinPolicy(known, written, {
    partition: account.partition,
    directory: account.directory,
    invalidPrincipal: (_kind, value) =>
      rules.invalidPrincipal(`The policy names ${value}, which does not exist.`),
    foreign: rules.foreign,
  });
  requireRoom(type, written);
  for (const id of policy.pins.values()) account.watchPrincipal(id);
  return { known: true, ...policy };
}

/** Refuses a policy that is larger than its quota. */
export function requireRoom(type: SharedType, document: PolicyDocument): void {
  const statements = asArray(document.Statement);
  const sizes: Readonly<Record<PolicyMeasure, number>> = {
    bytes: policySize(document),
    statements: statements.length,
    principals: statements.flatMap(({ Principal }) =>
      typeof Principal === "object" ? asArray(Principal.AWS) : [],
    ).length,
  };
  for (const measure of ["bytes", "statements", "principals"] as const) {
    const quota = POLICY_QUOTAS[type][measure];
    if (quota === undefined || sizes[measure] <= quota) continue;
    throw RESOURCE_POLICY_RULES[type].tooLarge(
      `The policy has ${sizes[measure]} ${measure}, and AWS takes ${quota}.`,
      sizes[measure],
    );
  }
}

/** What the service shows of the policy now; `unknown` where the rehearsal cannot know it. */
export function shownResourcePolicy(
  account: SimulatedAccount,
  policy: ResourcePolicy,
): PolicyDocument | "unknown" {
  return policy.known ? shownPolicy(policy, account.directory).document : "unknown";
}

function readDocument(text: string, rules: ResourcePolicyRules): PolicyDocument {
  try {
    return policyDocumentOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw rules.malformed("Policy has invalid syntax");
    if (error instanceof NotAPolicy) throw rules.malformed(`${error.message}.`);
    throw error;
  }
}

function refuseMalformed(statement: Statement, rules: ResourcePolicyRules): void {
  const hasResource = statement.Resource !== undefined || statement.NotResource !== undefined;
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    throw rules.malformed("Missing required field Principal");
  }
  if (rules.resource === "required" && !hasResource) {
    throw rules.malformed("Missing required field Resource");
  }
  if (rules.resource === "refused" && hasResource) {
    throw rules.malformed("Has prohibited field Resource");
  }
}

/** A bucket's policy speaks of the bucket and its objects alone. */
function refuseOtherBuckets(
  { Resource, NotResource }: Statement,
  rules: ResourcePolicyRules,
  bucketArn: string,
): void {
  for (const resource of [...asArray(Resource), ...asArray(NotResource)]) {
    const rest = resource.startsWith(bucketArn) ? resource.slice(bucketArn.length) : undefined;
    if (rest === undefined || !/^(\*|\/.*)?$/.test(rest)) {
      throw rules.malformed("Policy has invalid resource");
    }
  }
}
