import type { Partition } from "../iam/arn";
import type { Statement } from "../iam/policy-document";
import type { Location } from "../source/problem";
import type { AccountLogging } from "../logging/logs";
import type { GuardedAccount } from "../only-path/guarded-account";
import type { NotificationHub, RoleUseSource } from "../notifications/notifications";
import type { SharedResource } from "../sharing/shared-resource";
import type { Lock } from "../trust/lock";
import type { Silence } from "./lint-rule-ids";
import type { Trust } from "../trust/trust";

/** Account quotas that AWS raises on request. */
export interface AccountQuotas {
  /** Characters of a role's trust policy: 2,048 by default, at most 8,192. */
  readonly trustPolicy: number;
  /** Managed policies attached to a role: 10 by default, at most 25. */
  readonly managedPoliciesPerRole: number;
}

/** An AWS account of accounts.json. */
export interface Account {
  readonly name: string;
  /** 12 digits; empty for a planned account, which is listed and gets no stack. */
  readonly id: string;
  readonly kind: "member" | "management" | "external" | "planned";
  readonly partition: Partition;
  readonly region: string;
  readonly email?: string;
  readonly ou?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly profile?: string;
  /** Name of the role by which an administrator first gets in; the management account may lack it. */
  readonly accessRole: string;
  /** Of the account's principals; undefined: in no known organization. */
  readonly organizationId?: string;
  readonly deployOrder?: number;
  readonly quotas: AccountQuotas;
  /** Services whose service-linked roles are there already: `autoscaling`, `config`. */
  readonly existingServiceLinkedRoles: readonly string[];
  /** Lint rules that do not count in the account. @default - none */
  readonly silence?: Silence;
  /** The account's stack; undefined for external and planned accounts. */
  readonly stack?: string;
  /** The account's bootstrap stack, where it has one. */
  readonly bootstrapStack?: string;
  readonly location: Location;
}

/** `defined`: by us; `imported`: exists and is taken over; `existing`: stays as it is, looked up. */
export type Ownership = "defined" | "imported" | "existing";

/** How a role looks in the console to people who have switched to it. */
export interface RoleConsole {
  readonly displayName?: string;
  /** A name of `console-colors.json`, or six hexadecimal digits. */
  readonly color?: string;
}

/** A role in one account: trusting, trusted, or both. */
export interface Role {
  /** The entry of accounts.json; undefined for what is made unasked: execution roles, the notifier and its readers. */
  readonly key?: string;
  readonly account: Account;
  /** The stack that defines it. */
  readonly stack: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly ownership: Ownership;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  /** UTC time: the lock seals the sessions that were issued before. */
  readonly revokeSessionsBefore?: string;
  /** ARN of a managed policy: the most that the role may do. */
  readonly permissionsBoundaryArn?: string;
  /** For emergencies. @default - not */
  readonly breakGlass?: true;
  /** Where people are said to switch to it in the console. */
  readonly console?: RoleConsole;
  /** Lint rules that do not count for it. @default - none */
  readonly silence?: Silence;
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly Statement[];
  readonly trusts: readonly Trust[];
  /** Of each trust where it stands in the entry's list; empty for an execution role. */
  readonly trustPositions: readonly number[];
  /** The other half: ARNs of the roles that trust this one, sorted. */
  readonly mayAssume: readonly string[];
  /** What it may do to sessions of roles that it assumes: tag them, set their source identity. */
  readonly sessionPermissions: readonly Statement[];
  /** What it may do besides assuming roles: `sessionPermissions`, and its half of what is shared with it. */
  readonly mayUse: readonly Statement[];
  /** Whether Terraform refuses to destroy it. */
  readonly protect: boolean;
  /** Whether some stack trusts it, so that its unique ID is an output. */
  readonly trusted: boolean;
  readonly location: Location;
}

/** A role of an external account that principals of ours may assume: its owner trusts them. */
export interface ForeignRole {
  /** The entry of accounts.json. */
  readonly key: string;
  readonly account: Account;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** Principals of ours whom its owner trusts, and what he demands of them. */
  readonly trusts: readonly Trust[];
  readonly location: Location;
}

/** An IAM user. */
export interface User {
  readonly account: Account;
  readonly stack: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly ownership: Exclude<Ownership, "existing">;
  /** Name of the MFA device whose codes the command line asks for. */
  readonly mfaDevice: string;
  readonly mayAssume: readonly string[];
  /** What it may do to sessions of roles that it assumes: tag them, set their source identity. */
  readonly sessionPermissions: readonly Statement[];
  /** What it may do besides assuming roles: `sessionPermissions`, and its half of what is shared with it. */
  readonly mayUse: readonly Statement[];
  readonly trusted: boolean;
  readonly location: Location;
}

/** An IAM group with its members. */
export interface Group {
  readonly account: Account;
  readonly stack: string;
  readonly name: string;
  readonly path: string;
  readonly ownership: Exclude<Ownership, "existing">;
  /** User names of the same account. */
  readonly users: readonly string[];
  /** What members may do in their own account. */
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly Statement[];
  /** Whether members set up their own MFA device, and may do nothing else without. */
  readonly selfManagedMfa: boolean;
  readonly mayAssume: readonly string[];
  /** What it may do to sessions of roles that it assumes: tag them, set their source identity. */
  readonly sessionPermissions: readonly Statement[];
  readonly location: Location;
}

/** The instance of IAM Identity Center whose permission sets are defined here. */
export interface IdentityCenter {
  /** The management account, or the delegated administrator. */
  readonly account: Account;
  readonly stack: string;
  readonly region: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
}

/** A group or user of Identity Center that gets a permission set in an account. */
export interface PermissionSetAssignment {
  readonly account: Account;
  /** A group by its display name, a user by its user name. */
  readonly principal: { readonly type: "GROUP" | "USER"; readonly name: string };
}

/** A permission set of Identity Center. */
export interface PermissionSet {
  readonly name: string;
  /** Where it is defined; undefined for one that is made elsewhere. */
  readonly identityCenter?: IdentityCenter;
  readonly description?: string;
  /** Seconds. */
  readonly sessionDuration?: number;
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly Statement[];
  readonly assignments: readonly PermissionSetAssignment[];
  /** ARNs of the roles that trust it, from any account, sorted. */
  readonly mayAssume: readonly string[];
  /** What it may do to sessions of roles that it assumes: tag them, set their source identity. */
  readonly sessionPermissions: readonly Statement[];
  readonly location: Location;
}

/** A shared resource in one account and Region. */
export interface Sharing {
  /** The entry of `sharing`. */
  readonly key: string;
  readonly account: Account;
  /** The owning account's stack. */
  readonly stack: string;
  readonly resource: SharedResource;
  /** ARNs of roles and users of ours that it is shared with by name, sorted: they get the other half. */
  readonly named: readonly string[];
  /** Lint rules that do not count for it. @default - none */
  readonly silence?: Silence;
  readonly location: Location;
}

/**
 * A grant that a using account makes on a shared key to a service-linked role of its own, so that the
 * service there can use encrypted images. Without `keyArn` it waits until the key is confirmed.
 */
export interface KeyGrant {
  /** The entry of `sharing`. */
  readonly key: string;
  readonly account: Account;
  readonly stack: string;
  readonly region: string;
  /** Alias ARN of the key: how lock and outputs know it. */
  readonly aliasArn: string;
  readonly keyArn?: string;
  readonly granteeArn: string;
}

/** What an account's stack defines of `logs`. */
export interface Logging extends AccountLogging {
  readonly account: Account;
  readonly stack: string;
  readonly location: Location;
}

/** What an account's stack defines of `notifications`: at least one of both. */
export interface Notifying {
  readonly account: Account;
  readonly stack: string;
  /** Where it has roles whose use is told. */
  readonly source?: RoleUseSource;
  /** Where the bus is. */
  readonly hub?: NotificationHub;
  readonly location: Location;
}

/** An account into which the trusts of accounts.json are to be the only way. */
export interface OnlyPath {
  readonly account: Account;
  /** The management account's, which has the policies that hold it. */
  readonly stack: string;
  readonly guarded: GuardedAccount;
}

/** State in an S3 bucket, one key per stack. */
export interface S3StateBackend {
  readonly type: "s3";
  readonly bucket: string;
  readonly region: string;
  /** Prefix of every state's key; empty or ends with a slash. */
  readonly keyPrefix: string;
  /**
   * Whether a stack of ours defines the bucket: `no`; `local`: yes, and that stack's own state is
   * local; `stored`: yes, and its own state has been moved into the bucket.
   */
  readonly createBucket: "no" | "local" | "stored";
  /** ARNs that may reach the bucket besides the deployer, the access role and first deployers. */
  readonly administrators: readonly string[];
}

/** Where Terraform keeps the state of the stacks. */
export type Backend =
  | { readonly type: "local" }
  | S3StateBackend
  | {
      readonly type: "cloud";
      readonly hostname: string;
      readonly organization: string;
      readonly project?: string;
      /** Put before each stack's name to make its workspace's name. */
      readonly workspacePrefix: string;
    };

/** The role that deploys everything, and what it deploys through. */
export interface Bootstrap {
  /** The deployer's account. */
  readonly hub: Account;
  /**
   * The hub's access role; undefined where the hub is the management account and its entry names
   * none: AWS Organizations makes that role in the accounts that it creates alone.
   */
  readonly hubAccessRoleArn?: string;
  readonly deployerArn: string;
  readonly executionRoleName: string;
  readonly executionPolicyArns: readonly string[];
  /** ARNs of principals of the hub. */
  readonly firstDeployers: readonly string[];
  /** Whether the execution roles' trust is guarded at stage `account`. */
  readonly guard: boolean;
  /** Whether Terraform refuses to destroy the execution roles. */
  readonly protect: boolean;
}

/** `settings` of accounts.json, with defaults filled in. */
export interface Settings {
  readonly organizationId?: string;
  readonly partition: Partition;
  readonly region: string;
  readonly backend: Backend;
  readonly bootstrap?: Bootstrap;
  /** `environment`: provider blocks leave named profiles out. */
  readonly credentials: "profile" | "environment";
  /** Whether Terraform refuses to destroy the deployer, the execution roles and the state bucket. */
  readonly protect: boolean;
  /** Tags of every resource (`default_tags`). */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the files mean: accounts, principals and trusts, resolved. Plain data. */
export interface Model {
  readonly settings: Settings;
  readonly accounts: readonly Account[];
  readonly roles: readonly Role[];
  /** Roles of others that ours may assume. */
  readonly foreignRoles: readonly ForeignRole[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly permissionSets: readonly PermissionSet[];
  readonly sharing: readonly Sharing[];
  readonly keyGrants: readonly KeyGrant[];
  /** Of every account that has a part in `logs`; empty without `logs`. */
  readonly logging: readonly Logging[];
  /** Of every account that has a part in `notifications`; empty without. */
  readonly notifying: readonly Notifying[];
  /** Accounts with `onlyPath`. */
  readonly onlyPaths: readonly OnlyPath[];
  readonly lock: Lock;
  /** Folder of the main file: states and the lock lie beside it. */
  readonly folder: string;
}
