import { policyDocument, type PolicyDocument } from "./policy-document";

/**
 * What a user needs without MFA: to change the password, and to set up and use a first device. IAM cannot
 * tell a first device from a further one.
 */
const WITHOUT_MFA = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetAccountPasswordPolicy",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
] as const;

/**
 * Lets users set up their own MFA device, of any name, and change their own password; without MFA they may
 * do nothing else, whatever other policies say. Taking a device off, and deleting one, takes MFA; IAM
 * deletes no device that is enabled.
 *
 * `aws:MultiFactorAuthPresent` is true in the request to assume a role that gives an MFA code, so the deny
 * does not stand in the way of that. After IAM User Guide, "AWS: Allows MFA-authenticated IAM users to
 * manage their own MFA device on the Security credentials page", which names devices after their users.
 */
export function selfManagedMfaPolicy(partition: string, accountId: string): PolicyDocument {
  const iam = `arn:${partition}:iam::${accountId}`;
  // A user may have a path; only this user's ARN ends in a slash and this name.
  const self = [`${iam}:user/\${aws:username}`, `${iam}:user/*/\${aws:username}`];
  return policyDocument([
    {
      Sid: "SeeWhatThereIs",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
      Resource: "*",
    },
    {
      Sid: "OwnPasswordAndDevice",
      Effect: "Allow",
      Action: [
        "iam:ChangePassword",
        "iam:EnableMFADevice",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListMFADevices",
        "iam:ResyncMFADevice",
      ],
      Resource: self,
    },
    {
      Sid: "NewDeviceOfAnyName",
      Effect: "Allow",
      Action: "iam:CreateVirtualMFADevice",
      Resource: `${iam}:mfa/*`,
    },
    {
      Sid: "TakeOwnDeviceOffWithMfa",
      Effect: "Allow",
      Action: "iam:DeactivateMFADevice",
      Resource: self,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
    {
      Sid: "DeleteUnusedDevicesWithMfa",
      Effect: "Allow",
      Action: "iam:DeleteVirtualMFADevice",
      Resource: `${iam}:mfa/*`,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    },
    {
      Sid: "NothingElseWithoutMfa",
      Effect: "Deny",
      NotAction: WITHOUT_MFA,
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
  ]);
}
