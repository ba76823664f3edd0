import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { escapeTerraform } from "../constructs/terraform-json";
import { roleArn } from "../iam/arn";
import type { Account, Settings } from "../model/model";

/** Session name of every role that Terraform assumes: what CloudTrail shows. */
const SESSION_NAME = "crosstrust";

/** By what credentials Terraform works in an account. */
export type Access =
  | { readonly by: "environment" }
  | { readonly by: "profile"; readonly profile: string }
  | { readonly by: "role"; readonly roleArn: string };

/**
 * How an administrator gets into an account before there is an execution role: its named profile,
 * else its access role; the management account by the environment's credentials alone.
 */
export function administratorAccess(account: Account, settings: Settings): Access {
  if (account.profile !== undefined && settings.credentials === "profile") {
    return { by: "profile", profile: account.profile };
  }
  return account.kind === "management"
    ? { by: "environment" }
    : {
        by: "role",
        roleArn: roleArn(account.partition, account.id, "/", account.accessRole),
      };
}

/** How the account's own stack is deployed: through the execution role where there is one. */
export function deployerAccess(account: Account, settings: Settings): Access {
  return account.bootstrapStack === undefined || settings.bootstrap === undefined
    ? administratorAccess(account, settings)
    : {
        by: "role",
        roleArn: roleArn(account.partition, account.id, "/", settings.bootstrap.executionRoleName),
      };
}

/**
 * The stack's AWS provider. `allowed_account_ids` names exactly the account, so a run with the
 * credentials of another one stops before it changes anything.
 */
export function addProvider(
  stack: TerraformStack,
  account: Account,
  settings: Settings,
  access: Access,
): void {
  new AwsProvider(stack, "aws", {
    region: account.region,
    allowedAccountIds: [account.id],
    defaultTags: [{ tags: literalTags(settings.tags) }],
    ...(access.by === "profile" && { profile: access.profile }),
    ...(access.by === "role" && {
      assumeRole: [{ roleArn: access.roleArn, sessionName: SESSION_NAME }],
    }),
  });
}

function literalTags(tags: Settings["tags"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [escapeTerraform(key), escapeTerraform(value)]),
  );
}
