import { MANAGED_POLICIES_PER_IDENTITY, TRUST_POLICY_SIZE } from "../../iam/quotas";
import type { AccountsFile } from "../file/accounts-file";
import { placeOf } from "./place";
import type { Account, AccountQuotas } from "../model";
import type { ProblemList } from "./problem-list";

/** The region when nothing names one: IAM is global, but a provider needs a region. */
export const DEFAULT_REGION = "us-east-1";

/** The role that AWS Organizations makes in each account that it creates. */
const DEFAULT_ACCESS_ROLE = "OrganizationAccountAccessRole";

/** The accounts, in file order, with what `settings` says filled in. */
export function resolveAccounts(file: AccountsFile, problems: ProblemList): readonly Account[] {
  const settings = file.settings.value;
  const hasBootstrap = settings.bootstrap !== undefined;
  return file.accounts.map((entry) => {
    const { name, value } = entry;
    const kind = value.id === "" ? "planned" : kindOf(value);
    const deployed = kind === "member" || kind === "management";
    const bootstrapped = value.bootstrap ?? kind === "member";
    if (value.bootstrap === true && !hasBootstrap && !file.settings.leftOut.has("bootstrap")) {
      problems.error(placeOf(entry, ["bootstrap"]), {
        expected: "settings.bootstrap, which says what a bootstrap stack defines",
        found: "none",
        remedy: "add settings.bootstrap, or take this line out",
      });
    }
    return {
      name,
      id: value.id,
      kind,
      partition: settings.partition ?? "aws",
      region: value.region ?? settings.region ?? DEFAULT_REGION,
      email: value.email ?? value.root_user_email,
      ou: value.ou?.replace(/^\/|\/$/g, ""),
      tags: value.tags ?? {},
      profile: value.profile,
      accessRole: value.accessRole ?? settings.accessRole ?? DEFAULT_ACCESS_ROLE,
      organizationId: organizationOf(value, settings.organizationId),
      deployOrder: value.deploy_order,
      quotas: quotasOf(value.quotas),
      existingServiceLinkedRoles: value.existingServiceLinkedRoles ?? [],
      ...(value.silence !== undefined && { silence: value.silence }),
      ...(deployed && { stack: name }),
      ...(deployed && hasBootstrap && bootstrapped && { bootstrapStack: `${name}-bootstrap` }),
      location: entry.at([], "key"),
    };
  });
}

function kindOf(value: { readonly management?: boolean; readonly external?: boolean }) {
  if (value.external === true) return "external";
  return value.management === true ? "management" : "member";
}

/** An external account is of no known organization unless its entry says so. */
function organizationOf(
  value: { readonly organization?: string | false; readonly external?: boolean },
  own: string | undefined,
): string | undefined {
  if (value.organization === false) return undefined;
  return value.organization ?? (value.external === true ? undefined : own);
}

function quotasOf(raised: Partial<AccountQuotas> = {}): AccountQuotas {
  return {
    trustPolicy: raised.trustPolicy ?? TRUST_POLICY_SIZE,
    managedPoliciesPerRole: raised.managedPoliciesPerRole ?? MANAGED_POLICIES_PER_IDENTITY,
  };
}
