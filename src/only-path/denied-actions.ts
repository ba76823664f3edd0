/** Makes a principal, a credential or a trust: a way into the account. */
export const MAKES_A_WAY_IN = [
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
export const BREAKS_A_ROLE = [
  "iam:AttachRolePolicy",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateRole",
];

/** Those by which a role is made or changed, as a deploy of an account's stack does it. */
export const ADMINISTERS: ReadonlySet<string> = new Set([
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreateRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateOpenIDConnectProviderThumbprint",
  ...BREAKS_A_ROLE,
]);
