import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AssumeRolePermission, type AssumingIdentity } from "../constructs/assume-role-permission";
import { CrossAccountGroup } from "../constructs/cross-account-group";
import { CrossAccountRole } from "../constructs/cross-account-role";
import { CrossAccountUser } from "../constructs/cross-account-user";
import { OidcProvider } from "../constructs/oidc-provider";
import { TrustOutputs } from "../constructs/trust-outputs";
import { groupBy } from "../model/group-by";
import type { Account, Group, Role, Settings, User } from "../model/model";
import { otherHalfRoom } from "../model/other-half-room";
import type { AccountExtension } from "./account-extension";
import { addBackend } from "./backend";
import { addProvider, deployerAccess } from "./provider";

/** What an account's stack is made of. */
export interface AccountStackProps {
  readonly account: Account;
  readonly settings: Settings;
  readonly stateFolder: string;
  readonly roles: readonly Role[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
}

/** `<account>`: the account's roles, users and groups, each with its half of every access. */
export class AccountStack extends TerraformStack {
  /** What `extensions.ts` works with. */
  readonly extension: AccountExtension;
  private readonly trustedPrincipals: Record<string, string> = {};
  private readonly trusts: Record<string, Readonly<Record<string, string>>> = {};
  private readonly trustTerms: Record<string, Readonly<Record<string, string>>> = {};
  private readonly roleArns: Record<string, string> = {};
  private readonly trustingRoles: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id);
    const { account, settings } = props;
    addBackend(this, { backend: settings.backend, stateFolder: props.stateFolder });
    addProvider(this, account, settings, deployerAccess(account, settings));

    const providers = this.addOidcProviders(props.roles);
    for (const role of props.roles) {
      if (role.ownership === "existing") this.addExistingRole(role);
      else this.addRole(role, providers);
    }
    const userNames = new Map(props.users.map((user) => [user.name, this.addUser(user)]));
    for (const group of props.groups) this.addGroup(group, userNames);

    new TrustOutputs(this, "outputs", {
      trustedPrincipals: this.trustedPrincipals,
      trusts: this.trusts,
      trustTerms: this.trustTerms,
      roleArns: this.roleArns,
      trustingRoles: this.trustingRoles,
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
      trusts: role.trusts,
      managedPolicyArns: role.managedPolicyArns,
      statements: role.statements,
      destroy: role.protect ? "prevent" : "allow",
      ownership: role.ownership === "imported" ? "import" : "define",
      dependsOn: role.trusts
        .filter((trust) => trust.kind === "oidc")
        .flatMap((trust) => providers.get(trust.issuer)?.dependable ?? []),
    });
    this.addAssumeRolePermission(`may-assume-role-${role.name}`, role, () => ({
      name: role.name,
      nameReference: defined.roleNameReference,
      ...otherHalfRoom(role),
    }));
    this.roleArns[role.name] = defined.roleArnReference;
    if (role.trusted) this.trustedPrincipals[role.arn] = defined.uniqueIdReference;
    this.trustTerms[role.arn] = defined.trustTerms;
    this.trustingRoles.push(defined.dependable);
    if (Object.keys(defined.appliedTrusts).length > 0) {
      this.trusts[role.arn] = defined.appliedTrusts;
    }
  }

  private addExistingRole(role: Role): void {
    const scope = new Construct(this, `existing-role-${role.name}`);
    const existing = new DataAwsIamRole(scope, "role", { name: role.name });
    this.addAssumeRolePermission(`may-assume-role-${role.name}`, role, () => ({
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
    this.addAssumeRolePermission(`may-assume-user-${user.name}`, user, () => ({
      kind: "user",
      name: user.name,
      nameReference: defined.userNameReference,
    }));
    if (user.trusted) this.trustedPrincipals[user.arn] = defined.uniqueIdReference;
    return defined.userNameReference;
  }

  private addGroup(group: Group, userNames: ReadonlyMap<string, string>): void {
    const defined = new CrossAccountGroup(this, `group-${group.name}`, {
      groupName: group.name,
      path: group.path,
      userNames: group.users.map((name) => userNames.get(name) ?? name),
      ownership: group.ownership === "imported" ? "import" : "define",
    });
    this.addAssumeRolePermission(`may-assume-group-${group.name}`, group, () => ({
      kind: "group",
      name: group.name,
      nameReference: defined.groupNameReference,
    }));
  }

  private addAssumeRolePermission(
    id: string,
    { mayAssume }: { readonly mayAssume: readonly string[] },
    identity: () => AssumingIdentity,
  ): void {
    if (mayAssume.length > 0) {
      new AssumeRolePermission(this, id, { identity: identity(), roleArns: mayAssume });
    }
  }

  private addOidcProviders(roles: readonly Role[]): ReadonlyMap<string, OidcProvider> {
    const trusts = roles.flatMap((role) => role.trusts.filter((trust) => trust.kind === "oidc"));
    const byIssuer = groupBy(trusts, (trust) => trust.issuer);
    return new Map(
      [...byIssuer].map(([issuer, sameIssuer]) => [
        issuer,
        new OidcProvider(this, `oidc-provider-${issuer.replace(/^https:\/\//, "")}`, {
          issuer,
          audiences: sameIssuer.map((trust) => trust.audience),
        }),
      ]),
    );
  }
}
