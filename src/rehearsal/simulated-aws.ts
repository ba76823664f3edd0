import { isAccountId, type Partition } from "../iam/arn";
import { MANAGED_POLICIES_PER_IDENTITY, TRUST_POLICY_SIZE } from "../iam/quotas";
import type { AccountQuotas } from "../model/model";
import type { AllAccounts } from "./aws/all-accounts";
import { PrincipalDirectory } from "./aws/principal-directory";
import { SimulatedAccount } from "./aws/simulated-account";

/** What the simulated world is made with. */
export interface SimulatedAwsProps {
  /** @default "aws" */
  readonly partition?: Partition;
  /** Account ID to its organization. @default - no account is in an organization */
  readonly organizationIds?: ReadonlyMap<string, string>;
  /** The organization's management account. @default - not known */
  readonly managementId?: string;
  /** Account ID to quotas that AWS has raised. @default - AWS's defaults */
  readonly quotas?: ReadonlyMap<string, AccountQuotas>;
  /**
   * ARNs of roles and users that exist in accounts which nothing here is deployed to, such as a
   * vendor's. @default - none: a trust in one of them is refused
   */
  readonly externalPrincipals?: readonly string[];
}

const DEFAULT_QUOTAS: AccountQuotas = {
  trustPolicy: TRUST_POLICY_SIZE,
  managedPoliciesPerRole: MANAGED_POLICIES_PER_IDENTITY,
};

/**
 * AWS accounts in memory: the IAM that bears on cross-account trust, and the resources that accounts
 * share and send their logs to. Accounts appear when they are first used, empty. The same calls give
 * the same unique IDs, in every run.
 */
export class SimulatedAws {
  readonly partition: Partition;
  private readonly accountsById = new Map<string, SimulatedAccount>();
  private readonly all: AllAccounts;

  constructor(private readonly props: SimulatedAwsProps = {}) {
    this.partition = props.partition ?? "aws";
    this.all = {
      directory: new PrincipalDirectory(props.externalPrincipals ?? []),
      bucketOwners: new Map(),
      permissionSets: new Map(),
      organizationPolicies: new Map(),
      managementId: props.managementId,
      account: (id) => this.account(id),
      tryAccount: (id) => this.accountsById.get(id),
    };
  }

  /** The account; throws for anything but 12 digits. */
  account(id: string): SimulatedAccount {
    const known = this.accountsById.get(id);
    if (known !== undefined) return known;
    if (!isAccountId(id)) throw new Error(`expected a 12-digit account ID, found "${id}"`);
    const account = new SimulatedAccount({
      id,
      partition: this.partition,
      quotas: this.props.quotas?.get(id) ?? DEFAULT_QUOTAS,
      organizationId: this.props.organizationIds?.get(id),
      all: this.all,
    });
    this.accountsById.set(id, account);
    return account;
  }

  /** The accounts that were used, in the order in which they were. */
  accounts(): readonly SimulatedAccount[] {
    return [...this.accountsById.values()];
  }
}
