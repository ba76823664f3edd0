import { evaluateAccess } from "../iam/evaluation/evaluate-access";
import { FULL_ACCESS_POLICIES } from "../iam/full-access-policies";
import { controlPoliciesOf } from "./aws/control-policies";
import { AwsError } from "./aws/aws-error";
import { callerOf } from "./caller";
import { callerArn } from "./principal";
import type { ResourceCall } from "./resources/resource-type";

/** What Terraform calls to make, change and delete a resource, as far as control policies speak of it. */
interface Calls {
  readonly create: string;
  readonly delete: string;
  /** By the argument that changes; `*` for any other. @default - none that matters */
  readonly update?: Readonly<Record<string, string>>;
}

const CALLS: ReadonlyMap<string, Calls> = new Map<string, Calls>([
  [
    "aws_iam_role",
    {
      create: "iam:CreateRole",
      delete: "iam:DeleteRole",
      update: {
        assume_role_policy: "iam:UpdateAssumeRolePolicy",
        permissions_boundary: "iam:PutRolePermissionsBoundary",
        "*": "iam:UpdateRole",
      },
    },
  ],
  [
    "aws_iam_role_policy",
    {
      create: "iam:PutRolePolicy",
      delete: "iam:DeleteRolePolicy",
      update: { "*": "iam:PutRolePolicy" },
    },
  ],
  [
    "aws_iam_role_policy_attachment",
    { create: "iam:AttachRolePolicy", delete: "iam:DetachRolePolicy" },
  ],
  ["aws_iam_user", { create: "iam:CreateUser", delete: "iam:DeleteUser" }],
  ["aws_iam_access_key", { create: "iam:CreateAccessKey", delete: "iam:DeleteAccessKey" }],
  [
    "aws_iam_user_login_profile",
    { create: "iam:CreateLoginProfile", delete: "iam:DeleteLoginProfile" },
  ],
  [
    "aws_iam_openid_connect_provider",
    {
      create: "iam:CreateOpenIDConnectProvider",
      delete: "iam:DeleteOpenIDConnectProvider",
      update: { client_id_list: "iam:AddClientIDToOpenIDConnectProvider" },
    },
  ],
  ["aws_iam_saml_provider", { create: "iam:CreateSAMLProvider", delete: "iam:DeleteSAMLProvider" }],
  [
    "aws_rolesanywhere_trust_anchor",
    { create: "rolesanywhere:CreateTrustAnchor", delete: "rolesanywhere:DeleteTrustAnchor" },
  ],
]);

/** How a deploy is about to change a resource. */
export type Doing = "create" | "delete" | { readonly update: ReadonlySet<string> };

/**
 * Refuses what a service control policy of the deploying principal's account denies. The other policies
 * of the principal are taken to allow it: whether they do the rehearsal does not judge.
 */
export function refuseControlledCalls(type: string, call: ResourceCall, doing: Doing): void {
  const { account, principal, arguments: args } = call;
  const serviceControlPolicies = controlPoliciesOf(account, "service");
  const calls = CALLS.get(type);
  if (serviceControlPolicies === undefined || calls === undefined) return;
  const { name, role } = args.values;
  const roleName = type === "aws_iam_role" ? name : role;
  const arn =
    typeof roleName === "string"
      ? (account.roles.tryGet(roleName)?.arn ??
        account.arnOf("role", args.optionalText("path") ?? "/", roleName))
      : `arn:${account.partition}:iam::${account.id}:*`;
  for (const action of actionsOf(calls, doing)) {
    const { result, reason } = evaluateAccess({
      caller: {
        ...callerOf(account, principal),
        identityPolicies: [FULL_ACCESS_POLICIES.service],
        permissionsBoundary: undefined,
        sessionPolicies: [],
        serviceControlPolicies,
      },
      action,
      resource: { arn, accountId: account.id },
      context: { organizationId: account.organizationId },
    });
    if (result === "allowed") continue;
    throw new AwsError(
      "AccessDenied",
      `User: ${callerArn(principal)} is not authorized to perform: ${action} on resource: ${arn} with an explicit deny in a service control policy`,
      `${reason}.`,
    );
  }
}

function actionsOf(calls: Calls, doing: Doing): readonly string[] {
  if (typeof doing === "string") return [calls[doing]];
  const { update = {} } = calls;
  const found = [...doing.update].flatMap((argument) => update[argument] ?? update["*"] ?? []);
  return [...new Set(found)];
}
