import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { identityCenterRoles, type GuardedAccount } from "./guarded-account";

/** Makes a principal, a credential or a trust: a way into the account. */
const MAKES_A_WAY_IN = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreateRole",
  "iam:CreateSAMLProvider",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateUser",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateAccessKey",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "iam:UpdateOpenIDConnectProviderThumbprint",
  "iam:UpdateSAMLProvider",
  "iam:UpdateServiceSpecificCredential",
  "iam:UpdateSigningCertificate",
  "iam:UpdateSSHPublicKey",
  "iam:UploadSigningCertificate",
  "iam:UploadSSHPublicKey",
  // AWS IoT, Systems Manager and IAM Roles Anywhere hand a role's sessions to machines outside.
  "iot:CreateRoleAlias",
  "iot:UpdateRoleAlias",
  // An account that leaves the organization is bound by no policy of it, nor one that accepts the
  // invitation of another (Organizations API Reference, "AcceptHandshake").
  "organizations:AcceptHandshake",
  "organizations:LeaveOrganization",
  "rolesanywhere:CreateProfile",
  "rolesanywhere:CreateTrustAnchor",
  "rolesanywhere:EnableProfile",
  "rolesanywhere:EnableTrustAnchor",
  "rolesanywhere:UpdateProfile",
  "rolesanywhere:UpdateTrustAnchor",
  "ssm:CreateActivation",
];

/** Takes from the roles by which the account is administered what they need. */
const BREAKS_A_ROLE = [
  "iam:AttachRolePolicy",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateRole",
];

/**
 * The service control policy of a guarded account: who inside may make a way in, or assume the roles by
 * which it is administered. Excepted are these roles themselves, and those of Identity Center, by which
 * an administrator may have signed in to bootstrap the account; service-linked roles are never bound
 * (AWS Organizations User Guide, "Service control policies"). It binds the account's root user too.
 */
export function insidePolicy(guarded: GuardedAccount): PolicyDocument {
  const { administrators, deployers } = guarded;
  const others = (more: readonly string[]) => ({
    ArnNotLike: {
      "aws:PrincipalArn": [...administrators, ...more, identityCenterRoles(guarded)],
    },
  });
  return policyDocument([
    {
      Sid: "MakeNoOtherWayIn",
      Effect: "Deny",
      Action: MAKES_A_WAY_IN,
      Resource: "*",
      Condition: others([]),
    },
    {
      Sid: "KeepTheWayIn",
      Effect: "Deny",
      Action: BREAKS_A_ROLE,
      Resource: administrators,
      Condition: others([]),
    },
    {
      Sid: "AssumeAsDeclared",
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Resource: administrators,
      Condition: others(deployers),
    },
  ]);
}
