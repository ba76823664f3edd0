import { assumeRole, credentialsIn } from "./assume-role";
import { Aws, AwsError, firstText, texts } from "./aws";
import type { Credentials } from "./sigv4";

/** ARN of the managed policy that allows everything. */
export const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Made by AWS Organizations in every member account. */
export const ACCESS_ROLE = "OrganizationAccountAccessRole";

/** Any six digits are a right code to the emulator. */
const MFA_CODE = "123456";

/**
 * The accounts of an emulator, as somebody sees them who may do everything in each: sets them up, and
 * makes changes behind Terraform's back. What is to be judged is done as users and role sessions.
 */
export class Cloud {
  constructor(readonly url: string) {}

  /** Calls services with somebody's credentials. */
  as(credentials: Credentials, region?: string): Aws {
    return new Aws(this.url, credentials, region);
  }

  /** Calls services as the root user of an account: an access key that is its ID. */
  root(accountId: string, region?: string): Aws {
    return this.as(rootCredentials(accountId), region);
  }

  /** Makes an IAM user with an access key and, where given, managed policies. */
  async createUser(
    accountId: string,
    name: string,
    managedPolicyArns: readonly string[] = [],
  ): Promise<Credentials> {
    await this.root(accountId).iam("CreateUser", { UserName: name });
    for (const PolicyArn of managedPolicyArns) {
      await this.root(accountId).iam("AttachUserPolicy", { UserName: name, PolicyArn });
    }
    return this.createAccessKey(accountId, name);
  }

  /** Deletes an IAM user, with the access key and managed policies that it was made with. */
  async deleteUser(
    accountId: string,
    name: string,
    credentials: Credentials,
    managedPolicyArns: readonly string[] = [],
  ): Promise<void> {
    const root = this.root(accountId);
    for (const PolicyArn of managedPolicyArns) {
      await root.iam("DetachUserPolicy", { UserName: name, PolicyArn });
    }
    await root.iam("DeleteAccessKey", { UserName: name, AccessKeyId: credentials.accessKeyId });
    await root.iam("DeleteUser", { UserName: name });
  }

  /** Makes an access key of an IAM user. */
  async createAccessKey(accountId: string, userName: string): Promise<Credentials> {
    return credentialsIn(await this.root(accountId).iam("CreateAccessKey", { UserName: userName }));
  }

  /**
   * Sets accounts up as AWS Organizations leaves them, with an access role in each member account, and
   * makes an administrator of the management account.
   */
  async createOrganization(
    managementAccountId: string,
    memberAccountIds: readonly string[],
  ): Promise<Credentials> {
    for (const id of memberAccountIds) await this.createAccessRole(id, managementAccountId);
    return this.createUser(managementAccountId, "administrator", [ADMINISTRATOR_ACCESS]);
  }

  /** Makes the access role of a member account, with AdministratorAccess, as AWS Organizations does. */
  private async createAccessRole(accountId: string, managementAccountId: string): Promise<void> {
    await this.createRole(accountId, ACCESS_ROLE, {
      AWS: `arn:aws:iam::${managementAccountId}:root`,
    });
    await this.root(accountId).iam("AttachRolePolicy", {
      RoleName: ACCESS_ROLE,
      PolicyArn: ADMINISTRATOR_ACCESS,
    });
  }

  /** Makes a role that trusts a principal. */
  async createRole(
    accountId: string,
    name: string,
    principal: Readonly<Record<string, string>>,
    path = "/",
  ): Promise<void> {
    await this.root(accountId).iam("CreateRole", {
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: trusting(principal),
    });
  }

  /** Gives a role an inline policy. */
  async putRolePolicy(accountId: string, roleName: string, policy: string): Promise<void> {
    await this.root(accountId).iam("PutRolePolicy", {
      RoleName: roleName,
      PolicyName: "end-to-end",
      PolicyDocument: policy,
    });
  }

  /** The trust policy of a role, as IAM shows it. */
  async trustPolicy(accountId: string, roleName: string): Promise<unknown> {
    return JSON.parse(
      decodeURIComponent(await this.roleField(accountId, roleName, "AssumeRolePolicyDocument")),
    );
  }

  /** The ARN of a role, with its path. */
  roleArn(accountId: string, roleName: string): Promise<string> {
    return this.roleField(accountId, roleName, "Arn");
  }

  /** The unique ID of a role, `AROA…`. */
  uniqueId(accountId: string, roleName: string): Promise<string> {
    return this.roleField(accountId, roleName, "RoleId");
  }

  /**
   * A session of a role that only a service or a token may assume: for the moment of asking it trusts
   * a user of its own account too. What the session may do is the role's own.
   */
  async sessionOf(accountId: string, roleName: string): Promise<Credentials> {
    const root = this.root(accountId);
    const trust = JSON.stringify(await this.trustPolicy(accountId, roleName));
    const userName = `session-of-${roleName}`;
    const user = await this.createUser(accountId, userName, [ADMINISTRATOR_ACCESS]);
    const roleArn = await this.roleArn(accountId, roleName);
    const update = (PolicyDocument: string): Promise<string> =>
      root.iam("UpdateAssumeRolePolicy", { RoleName: roleName, PolicyDocument });
    try {
      await update(trusting({ AWS: `arn:aws:iam::${accountId}:user/${userName}` }));
      const answer = await assumeRole(this.as(user), { roleArn });
      if (answer.verdict === "denied") throw new Error(`no session of ${roleArn}`);
      return answer.credentials;
    } finally {
      await update(trust);
      await this.deleteUser(accountId, userName, user, [ADMINISTRATOR_ACCESS]);
    }
  }

  /** A session of a user who gave the code of his MFA device. */
  async sessionWithMfa(user: Credentials, mfaArn: string): Promise<Credentials> {
    return credentialsIn(
      await this.as(user).sts("GetSessionToken", { SerialNumber: mfaArn, TokenCode: MFA_CODE }),
    );
  }

  /** Names of everything of IAM that an account has, sorted. */
  async everythingOfIam(accountId: string): Promise<readonly string[]> {
    const root = this.root(accountId);
    const lists = await Promise.all([
      root.iam("ListRoles").then((xml) => texts(xml, "RoleName").map((name) => `role ${name}`)),
      root.iam("ListUsers").then((xml) => texts(xml, "UserName").map((name) => `user ${name}`)),
      root.iam("ListGroups").then((xml) => texts(xml, "GroupName").map((name) => `group ${name}`)),
      root
        .iam("ListPolicies", { Scope: "Local" })
        .then((xml) => texts(xml, "PolicyName").map((name) => `policy ${name}`)),
      root
        .iam("ListOpenIDConnectProviders")
        .then((xml) => texts(xml, "Arn").map((arn) => `OpenID Connect provider ${arn}`)),
      root
        .iam("ListAccountAliases")
        .then((xml) => texts(xml, "member").map((alias) => `account alias ${alias}`)),
    ]);
    return lists.flat().sort();
  }

  /** Whether the emulator refuses a trust in a role that does not exist, as AWS does. */
  async judgesTrust(): Promise<boolean> {
    const accountId = "000000000999";
    try {
      await this.createRole(accountId, "end-to-end-probe", {
        AWS: `arn:aws:iam::${accountId}:role/does-not-exist`,
      });
    } catch (error) {
      if (error instanceof AwsError && error.code === "MalformedPolicyDocument") return true;
      throw error;
    }
    await this.root(accountId).iam("DeleteRole", { RoleName: "end-to-end-probe" });
    return false;
  }

  private async roleField(accountId: string, roleName: string, field: string): Promise<string> {
    const xml = await this.root(accountId).iam("GetRole", { RoleName: roleName });
    const value = firstText(xml, field);
    if (value === undefined) throw new Error(`expected ${field} of ${roleName}, found ${xml}`);
    return value;
  }
}

/** Credentials of an account's root user, in the emulator. */
export function rootCredentials(accountId: string): Credentials {
  return { accessKeyId: accountId, secretAccessKey: "end-to-end" };
}

function trusting(principal: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });
}
