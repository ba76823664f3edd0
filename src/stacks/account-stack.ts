import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AccountLogs } from "../constructs/account-logs";
import { CrossAccountGroup } from "../constructs/cross-account-group";
import { CrossAccountRole } from "../constructs/cross-account-role";
import { CrossAccountUser } from "../constructs/cross-account-user";
import { OnlyPathPolicies } from "../constructs/only-path-policies";
import type { OidcProvider } from "../constructs/oidc-provider";
import { TrustOutputs } from "../constructs/trust-outputs";
import { accountUses, accountUsesArn } from "../model/account-uses";
import type {
  Account,
  Group,
  KeyGrant,
  Logging,
  Notifying,
  OnlyPath,
  PermissionSet,
  Role,
  Settings,
  Sharing,
  User,
} from "../model/model";
import { otherHalfRoom, otherHalfRoomOfGroup, otherHalfRoomOfUser } from "../model/other-half-room";
import { NOTIFICATION_NAMES } from "../notifications/notifications";
import type { AccountExtension } from "./account-extension";
import { addKeyGrants } from "./account-key-grants";
import { addNotifications } from "./account-notifications";
import { addBackend } from "./backend";
import { addPermissionSets } from "./permission-sets";
import { addProvider, deployerAccess } from "./provider";
import { addOidcProviders } from "./oidc-providers";
import { addOtherHalves } from "./other-halves";
import { addSharedResources } from "./shared-resources";
import { usingResources } from "./using-resources";

/** What an account's stack is made of. */
export interface AccountStackProps {
  readonly account: Account;
  readonly settings: Settings;
  readonly stateFolder: string;
  readonly roles: readonly Role[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  /** Permission sets of the Identity Center that the account administers. */
  readonly permissionSets: readonly PermissionSet[];
  /** What the account shares. */
  readonly sharing: readonly Sharing[];
  /** Grants that the account makes on keys of others. */
  readonly keyGrants: readonly KeyGrant[];
  /** The account's part in `logs`. @default - none */
  readonly logging?: Logging;
  /** The account's part in `notifications`. @default - none */
  readonly notifying?: Notifying;
  /** Of the management account: the accounts whose policies it has. */
  readonly onlyPaths: readonly OnlyPath[];
}

/** `<account>`: the account's roles, users and groups, each with its half of every access. */
export class AccountStack extends TerraformStack {
  /** What `extensions.ts` works with. */
  readonly extension: AccountExtension;
  private readonly trustedPrincipals: Record<string, string> = {};
  private readonly trusts: Record<string, Readonly<Record<string, string>>> = {};
  private readonly trustTerms: Record<string, Readonly<Record<string, string>>> = {};
  private readonly roleArns: Record<string, string> = {};
  private readonly sharedKeys: Record<string, string> = {};
  private readonly dependables: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    const { account, settings } = props;
    addBackend(this, { backend: settings.backend, stateFolder: props.stateFolder });
    addProvider(this, account, settings, deployerAccess(account, settings));

    const providers = addOidcProviders(this, props.roles);
    for (const role of props.roles) {
      if (role.ownership === "existing") this.addExistingRole(role);
      else this.addRole(role, providers);
    }
    const userNames = new Map(props.users.map((user) => [user.name, this.addUser(user)]));
    for (const group of props.groups) this.addGroup(group, userNames);
    addPermissionSets(this, props.permissionSets);
    this.addSharing(account, props.sharing);
    addKeyGrants(this, account, props.keyGrants);
    if (props.logging !== undefined) this.addLogs(props.logging);
    if (props.notifying !== undefined) this.addNotifying(props.notifying);
    for (const { guarded } of props.onlyPaths) {
      new OnlyPathPolicies(this, `only-path-${guarded.name}`, { guarded });
    }
    this.addUses(props);

    new TrustOutputs(this, "outputs", {
      trustedPrincipals: this.trustedPrincipals,
      trusts: this.trusts,
      trustTerms: this.trustTerms,
      roleArns: this.roleArns,
      ...(Object.keys(this.sharedKeys).length > 0 && { sharedKeys: this.sharedKeys }),
      trustingRoles: this.dependables,
    });
    this.extension = {
      stack: this,
      account,
      roleArns: Object.fromEntries(props.roles.map((role) => [role.name, role.arn])),
    };
  }

  private addRole(role: Role, providers: ReadonlyMap<string, OidcProvider>): void {
    const defined = new CrossAccountRole(this, `role-${role.name}`, {
      roleName: role.name,
      accountId: role.account.id,
      partition: role.account.partition,
      path: role.path,
      description: role.description,
      maxSessionDuration: role.maxSessionDuration,
      permissionsBoundaryArn: role.permissionsBoundaryArn,
      trusts: role.trusts,
      revokeSessionsBefore: role.revokeSessionsBefore,
      managedPolicyArns: role.managedPolicyArns,
      statements: role.statements,
      destroy: role.protect ? "prevent" : "allow",
      ownership: role.ownership === "imported" ? "import" : "define",
      dependsOn: role.trusts
        .filter((trust) => trust.kind === "oidc")
        .flatMap((trust) => providers.get(trust.issuer)?.dependable ?? []),
    });
    addOtherHalves(this, role, () => ({
      name: role.name,
      nameReference: defined.roleNameReference,
      ...otherHalfRoom(role),
    }));
    this.roleArns[role.name] = defined.roleArnReference;
    if (role.trusted) this.trustedPrincipals[role.arn] = defined.uniqueIdReference;
    this.trustTerms[role.arn] = defined.trustTerms;
    this.dependables.push(defined.dependable);
    if (Object.keys(defined.appliedTrusts).length > 0) {
      this.trusts[role.arn] = defined.appliedTrusts;
    }
  }

  private addExistingRole(role: Role): void {
    const scope = new Construct(this, `existing-role-${role.name}`);
    const existing = new DataAwsIamRole(scope, "role", { name: role.name });
    addOtherHalves(this, role, () => ({
      name: role.name,
      nameReference: existing.name,
      ...otherHalfRoom(role),
    }));
    this.roleArns[role.name] = existing.arn;
    if (role.trusted) this.trustedPrincipals[role.arn] = existing.uniqueId;
  }

  private addUser(user: User): string {
    const defined = new CrossAccountUser(this, `user-${user.name}`, {
      userName: user.name,
      path: user.path,
      ownership: user.ownership === "imported" ? "import" : "define",
    });
    addOtherHalves(this, user, () => ({
      name: user.name,
      nameReference: defined.userNameReference,
      ...otherHalfRoomOfUser(user),
    }));
    if (user.trusted) this.trustedPrincipals[user.arn] = defined.uniqueIdReference;
    return defined.userNameReference;
  }

  private addGroup(group: Group, userNames: ReadonlyMap<string, string>): void {
    const defined = new CrossAccountGroup(this, `group-${group.name}`, {
      groupName: group.name,
      path: group.path,
      userNames: group.users.map((name) => userNames.get(name) ?? name),
      managedPolicyArns: group.managedPolicyArns,
      statements: group.statements,
      ...(group.selfManagedMfa && {
        selfManagedMfaIn: { accountId: group.account.id, partition: group.account.partition },
      }),
      ownership: group.ownership === "imported" ? "import" : "define",
    });
    addOtherHalves(this, { ...group, mayUse: group.sessionPermissions }, () => ({
      name: group.name,
      nameReference: defined.groupNameReference,
      ...otherHalfRoomOfGroup(group),
    }));
  }

  private addSharing(account: Account, sharing: readonly Sharing[]): void {
    const shared = addSharedResources(
      this,
      account,
      sharing.map(({ resource }) => resource),
    );
    Object.assign(this.trusts, shared.trusts);
    Object.assign(this.trustTerms, shared.trustTerms);
    Object.assign(this.sharedKeys, shared.keyArns);
    this.dependables.push(...shared.dependables);
  }

  private addLogs(logging: Logging): void {
    const { id, partition, region } = logging.account;
    const logs = new AccountLogs(this, "logs", { accountId: id, partition, region, logging });
    Object.assign(this.trustTerms, logs.terms);
    Object.assign(this.sharedKeys, logs.sharedKeys);
    this.dependables.push(...logs.dependables);
  }

  private addNotifying(notifying: Notifying): void {
    const bus = addNotifications(this, notifying, this.roleArns[NOTIFICATION_NAMES.notifier]);
    if (bus === undefined) return;
    Object.assign(this.trustTerms, bus.terms);
    this.dependables.push(...bus.dependables);
  }

  /** The account's own half of what it uses: `trust_terms` tells whether it is deployed. */
  private addUses(props: AccountStackProps): void {
    const { account, logging, notifying } = props;
    const uses = accountUses({
      ...props,
      logging: logging === undefined ? [] : [logging],
      notifying: notifying === undefined ? [] : [notifying],
    });
    if (Object.keys(uses).length === 0) return;
    this.trustTerms[accountUsesArn(account)] = uses;
    this.dependables.push(...usingResources(this));
  }
}
