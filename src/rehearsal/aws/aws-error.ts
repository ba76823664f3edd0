/** A request that AWS refuses. `message` begins with AWS's error code, as its command line prints it. */
export class AwsError extends Error {
  constructor(
    /** `MalformedPolicyDocument`, `EntityAlreadyExists`, … */
    readonly code: string,
    text: string,
    /** One sentence of ours for people: why AWS refuses. */
    readonly reason?: string,
  ) {
    super(`${code}: ${text}`);
    this.name = "AwsError";
  }
}

/** What IAM keeps under a name in an account; a provider under its URL. */
export type NamedKind =
  "role" | "user" | "group" | "policy" | "instance profile" | "OpenID Connect provider";

const NOT_FOUND: Readonly<Record<NamedKind, (name: string) => string>> = {
  role: (name) => `The role with name ${name} cannot be found.`,
  user: (name) => `The user with name ${name} cannot be found.`,
  group: (name) => `The group with name ${name} cannot be found.`,
  policy: (name) => `Policy ${name} was not found.`,
  "instance profile": (name) => `Instance Profile ${name} cannot be found.`,
  "OpenID Connect provider": (name) => `OpenIDConnect Provider not found for ${name}`,
};

const TAKEN: Readonly<Record<NamedKind, (name: string) => string>> = {
  role: (name) => `Role with name ${name} already exists.`,
  user: (name) => `User with name ${name} already exists.`,
  group: (name) => `Group with name ${name} already exists.`,
  policy: (name) => `A policy called ${name} already exists. Duplicate names are not allowed.`,
  "instance profile": (name) => `Instance Profile ${name} already exists.`,
  "OpenID Connect provider": (name) => `Provider with url https://${name} already exists.`,
};

/** Nothing of that name exists in the account. */
export function noSuchEntity(kind: NamedKind, name: string): AwsError {
  return new AwsError("NoSuchEntity", NOT_FOUND[kind](name));
}

/** The name is taken; IAM does not distinguish names by case. */
export function entityAlreadyExists(kind: NamedKind, name: string): AwsError {
  return new AwsError("EntityAlreadyExists", TAKEN[kind](name));
}

/** A managed policy that an attachment names does not exist. */
export function policyNotAttachable(policyArn: string): AwsError {
  return new AwsError("NoSuchEntity", `Policy ${policyArn} does not exist or is not attachable.`);
}

/** AWS attaches the policy to nothing but its own service-linked roles. */
export function serviceRolePolicy(): AwsError {
  return new AwsError(
    "PolicyNotAttachable",
    "Cannot attach a Service Role Policy to a Customer Role.",
  );
}

/** Something still hangs on what is to be deleted: `entity, must detach all policies first`. */
export function deleteConflict(what: string): AwsError {
  return new AwsError("DeleteConflict", `Cannot delete ${what}.`);
}

/** A quota that counts things or characters: `PoliciesPerRole`, `ACLSizePerRole`, `PolicySize`. */
export function quotaExceeded(quota: string, limit: number): AwsError {
  return new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`);
}

/** The inline policies of a role, user or group are together longer than their quota. */
export function inlinePoliciesTooLong(
  kind: "role" | "user" | "group",
  name: string,
  limit: number,
): AwsError {
  return new AwsError(
    "LimitExceeded",
    `Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`,
  );
}

/** A policy document that IAM does not take. */
export function malformedPolicyDocument(text: string, reason?: string): AwsError {
  return new AwsError("MalformedPolicyDocument", text, reason);
}

/** A trust policy names a principal that does not exist, or not in this form. */
export function invalidPrincipal(kind: string, value: string): AwsError {
  return malformedPolicyDocument(`Invalid principal in policy: "${kind}":"${value}"`);
}

/** STS lets nobody assume the role in this way; it does not say whether the role exists. */
export function assumeRoleDenied(userArn: string, roleArn: string, reason: string): AwsError {
  return new AwsError(
    "AccessDenied",
    `User: ${userArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    reason,
  );
}

/** Credentials of a principal that does not exist (any more). */
export function invalidCredentials(arn: string): AwsError {
  return new AwsError(
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
    `${arn} does not exist.`,
  );
}
