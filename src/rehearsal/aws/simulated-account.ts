import { tryParseIamArn, type Partition } from "../../iam/arn";
import { tryAwsPolicyDocument } from "../../estate/aws-policy-document";
import { managedPolicyArn } from "../../iam/managed-policies";
import type { PolicyDocument } from "../../iam/policy-document";
import type { AccountQuotas } from "../../model/model";
import type {
  CustomerPolicy,
  InstanceProfile,
  SimulatedGroup,
  SimulatedIdentity,
  SimulatedOidcProvider,
  SimulatedRole,
  SimulatedUser,
} from "./entities";
import { NameTable } from "./name-table";
import type { AllAccounts } from "./all-accounts";
import type { PrincipalDirectory } from "./principal-directory";
import { ResourceTable } from "./resource-table";
import type {
  ConfigRecorder,
  KeyAlias,
  KeyGrant,
  SimulatedBucket,
  SimulatedFunction,
  SimulatedKey,
  SimulatedResource,
} from "./simulated-resources";
import { uniqueId, type UniqueIdPrefix } from "./unique-id";

/** What an account is made with. */
export interface SimulatedAccountProps {
  readonly id: string;
  readonly partition: Partition;
  readonly quotas: AccountQuotas;
  /** @default - in no organization */
  readonly organizationId?: string;
  readonly all: AllAccounts;
}

/** One simulated account: what is in it. The functions beside this file change it. */
export class SimulatedAccount {
  readonly id: string;
  readonly partition: Partition;
  readonly quotas: AccountQuotas;
  readonly organizationId?: string;
  readonly all: AllAccounts;

  private changes = 0;
  /** Counts a change: given away as a callback, so bound to this account. */
  private readonly touch = (): void => {
    this.changes += 1;
  };

  readonly roles = new NameTable<SimulatedRole>("role", this.touch);
  readonly users = new NameTable<SimulatedUser>("user", this.touch);
  readonly groups = new NameTable<SimulatedGroup>("group", this.touch);
  readonly policies = new NameTable<CustomerPolicy>("policy", this.touch);
  readonly instanceProfiles = new NameTable<InstanceProfile>("instance profile", this.touch);
  readonly oidcProviders = new NameTable<SimulatedOidcProvider>(
    "OpenID Connect provider",
    this.touch,
  );

  readonly keys = new ResourceTable<SimulatedKey>(this.touch);
  readonly keyAliases = new ResourceTable<KeyAlias>(this.touch);
  readonly keyGrants = new ResourceTable<KeyGrant>(this.touch);
  readonly buckets = new ResourceTable<SimulatedBucket>(this.touch);
  readonly functions = new ResourceTable<SimulatedFunction>(this.touch);
  readonly recorders = new ResourceTable<ConfigRecorder>(this.touch);
  /** Every other resource. */
  readonly resources = new ResourceTable<SimulatedResource>(this.touch);
  /** ARNs without suffix of deleted secrets whose recovery window is still open. */
  readonly recoverableSecrets = new Set<string>();

  private readonly generations = new Map<string, number>();
  private readonly stackNames = new Set<string>();

  constructor(props: SimulatedAccountProps) {
    this.id = props.id;
    this.partition = props.partition;
    this.quotas = props.quotas;
    this.organizationId = props.organizationId;
    this.all = props.all;
  }

  /** The principals of all accounts. */
  get directory(): PrincipalDirectory {
    return this.all.directory;
  }

  /** Another number after every change that somebody could see in this account. */
  get version(): number {
    return this.changes;
  }

  /** Stacks that have resources here, sorted. */
  get stacks(): readonly string[] {
    return [...this.stackNames].sort();
  }

  /** Notes whether a stack has resources here. */
  noteStack(stackName: string, hasResources: boolean): void {
    if (hasResources) this.stackNames.add(stackName);
    else this.stackNames.delete(stackName);
  }

  /** `arn:…:iam::ID:TYPE/PATH/NAME`. */
  arnOf(
    type: "role" | "user" | "group" | "policy" | "instance-profile",
    path: string,
    name: string,
  ): string {
    return `arn:${this.partition}:iam::${this.id}:${type}${path}${name}`;
  }

  /** `arn:…:SERVICE:REGION:ID:REST`. */
  regionalArn(service: string, region: string, rest: string): string {
    return `arn:${this.partition}:${service}:${region}:${this.id}:${rest}`;
  }

  /** The next unique ID under that name: another one each time. */
  newUniqueId(prefix: UniqueIdPrefix, name: string): string {
    return uniqueId(prefix, this.id, name, this.count(`${prefix}/${name.toLowerCase()}`));
  }

  /** How often it was asked for that key before. */
  count(key: string): number {
    const generation = this.generations.get(key) ?? 0;
    this.generations.set(key, generation + 1);
    return generation;
  }

  /** The role, user or group; refused with `NoSuchEntity`. */
  identity(kind: SimulatedIdentity["kind"], name: string): SimulatedIdentity {
    switch (kind) {
      case "role":
        return this.roles.get(name);
      case "user":
        return this.users.get(name);
      case "group":
        return this.groups.get(name);
    }
  }

  /** Puts a changed role, user or group in the place of the former one. */
  putIdentity(identity: SimulatedIdentity): void {
    switch (identity.kind) {
      case "role":
        return this.roles.put(identity);
      case "user":
        return this.users.put(identity);
      case "group":
        return this.groups.put(identity);
    }
  }

  /** A customer managed policy of this account by its ARN. */
  tryGetPolicy(policyArn: string): CustomerPolicy | undefined {
    const policy = this.policies.tryGet(tryParseIamArn(policyArn)?.name ?? "");
    return policy?.arn === policyArn ? policy : undefined;
  }

  /** Whether an identity of this account can carry the policy, by ARN. */
  hasPolicy(policyArn: string): boolean {
    return tryParseIamArn(policyArn)?.accountId === "aws"
      ? managedPolicyArn(this.partition, policyArn) !== undefined
      : this.tryGetPolicy(policyArn) !== undefined;
  }

  /**
   * A managed policy as far as it bears on assuming roles; undefined where that is not known: an AWS
   * managed policy that is not listed, or something unresolved in a customer's own.
   */
  managedPolicyDocument(policyArn: string): PolicyDocument | undefined {
    const own = this.tryGetPolicy(policyArn);
    return own === undefined ? tryAwsPolicyDocument(policyArn) : own.policy.document;
  }

  /** Has the version change: a control policy that binds the account did. */
  noteControlPolicies(): void {
    this.touch();
  }

  /** Has the version change when the principal is deleted or renamed: a policy here names it. */
  watchPrincipal(id: string): void {
    this.directory.watch(id.split(":")[0], this.touch);
  }
}
