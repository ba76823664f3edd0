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
  const resource = { arn: role.arn, accountId: role.accountId, policy: role.trustPolicy };
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
      serviceControlPolicies: levels(caller.serviceControlPolicies, "scp"),
      resourceControlPolicies: levels(resource.resourceControlPolicies, "rcp"),
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

/** AWS attaches this one to every level, and the simulator assumes it. */
const ADDED_BY_SIMULATOR = "RCPFullAWSAccess";

function levels(policies: ControlPolicies = [], prefix: string) {
  return policies.map((level, index) => ({
    orgIdentifier: `${prefix}-${index}`,
    policies: level
      .filter(({ name }) => name !== ADDED_BY_SIMULATOR)
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
