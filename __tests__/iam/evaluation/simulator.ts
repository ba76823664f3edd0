import { runSimulation } from "@cloud-copilot/iam-simulate";
import type {
  AccessRequest,
  AssumeRoleRequest,
  ControlPolicies,
} from "../../../src/iam/evaluation/request";
import { OIDC, sessionArnOf } from "./random-caller";

/**
 * What the independent implementation says: `@cloud-copilot/iam-simulate`, for each permission that
 * the request needs. Its context keys are written down here, not taken from the code under test.
 */
export async function simulate(request: AssumeRoleRequest): Promise<boolean> {
  const { caller, context, role } = request;
  const { arn, accountId, trustPolicy: policy, resourceControlPolicies } = role;
  const resource = { arn, accountId, policy, resourceControlPolicies };
  for (const action of actionsOf(request)) {
    if (!(await simulateAccess({ caller, action, resource, context }))) return false;
  }
  return true;
}

function actionsOf({ caller, context }: AssumeRoleRequest): readonly string[] {
  const federated =
    caller.arn === OIDC ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRoleWithSAML";
  return [
    caller.kind === "federated" ? federated : "sts:AssumeRole",
    ...(context.sessionTags === undefined ? [] : ["sts:TagSession"]),
    ...(context.sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
}

/** What it says of one permission. */
export async function simulateAccess(request: AccessRequest): Promise<boolean> {
  const { caller, action, resource } = request;
  const outcome = await runSimulation(
    {
      request: {
        principal: caller.kind === "role" ? sessionArnOf(caller) : caller.arn,
        action,
        resource: { resource: resource.arn, accountId: resource.accountId },
        contextVariables: contextVariables(request),
      },
      identityPolicies: caller.identityPolicies.map(({ name, document }) => ({
        name,
        policy: plain(document),
      })),
      serviceControlPolicies: levels(caller.serviceControlPolicies),
      resourceControlPolicies: UNDER_RESOURCE_CONTROL.test(action)
        ? levels(resource.resourceControlPolicies)
        : [],
      resourcePolicy: resource.policy && plain(resource.policy),
      permissionBoundaryPolicies: caller.permissionsBoundary && [
        { name: "boundary", policy: plain(caller.permissionsBoundary) },
      ],
      sessionPolicy: caller.sessionPolicies && plain(caller.sessionPolicies[0]),
    },
    {},
  );
  if (outcome.resultType === "error") throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult === "Allowed";
}

/** Of the services of the random requests, those that resource control policies bind; the caller has to know. */
const UNDER_RESOURCE_CONTROL = /^(sts|s3|kms|sqs|secretsmanager|ecr|events):/;

/** It adds RCPFullAWSAccess to each level of resource control policies itself. */
function levels(policies: ControlPolicies = []) {
  return policies.map((level, index) => ({
    orgIdentifier: `level-${index}`,
    policies: level
      .filter(({ name }) => name !== "RCPFullAWSAccess")
      .map(({ name, document }) => ({ name, policy: plain(document) })),
  }));
}

/** Without `Condition: undefined`, which the simulator's validation refuses. */
function plain(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}

function contextVariables({
  caller,
  context,
  resource,
}: AccessRequest): Record<string, string | string[]> {
  const entity = caller.kind === "role" || caller.kind === "user";
  const tags = context.sessionTags ?? {};
  const entries: readonly (readonly [string, string | readonly string[] | undefined])[] = [
    ["aws:PrincipalArn", entity ? caller.arn : undefined],
    ["aws:PrincipalAccount", entity ? caller.accountId : undefined],
    ["aws:PrincipalOrgID", context.organizationId],
    ["aws:PrincipalType", { role: "AssumedRole", user: "User" }[String(caller.kind)]],
    [
      "aws:PrincipalIsAWSService",
      caller.kind === "federated" ? undefined : `${caller.kind === "service"}`,
    ],
    [
      "aws:userid",
      caller.kind === "role" ? `${caller.uniqueId}:${caller.sessionName}` : caller.uniqueId,
    ],
    ["aws:username", caller.kind === "user" ? caller.arn.split("/").pop() : undefined],
    ["aws:MultiFactorAuthPresent", context.mfa === true ? "true" : undefined],
    ["aws:MultiFactorAuthAge", context.mfaAge?.toString()],
    ["aws:CurrentTime", context.time],
    ["aws:EpochTime", `${Date.parse(context.time ?? "") / 1000}`],
    ["aws:SecureTransport", "true"],
    ["aws:ResourceAccount", resource.accountId],
    ["kms:CallerAccount", caller.accountId],
    ["s3:ResourceAccount", resource.accountId],
    ["aws:SourceIp", context.sourceIp],
    ["sts:ExternalId", context.externalId],
    ["sts:RoleSessionName", context.roleSessionName],
    ["sts:SourceIdentity", context.sourceIdentity],
    ["sts:TransitiveTagKeys", context.transitiveTagKeys],
    ["aws:TagKeys", context.sessionTags && Object.keys(tags)],
    ...Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const),
    ...Object.entries(context.keys ?? {}),
  ];
  return Object.fromEntries(
    entries.flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === "string" ? value : [...value]]],
    ),
  );
}
