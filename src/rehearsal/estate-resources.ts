import type { EstateResource, KeyGrant } from "../estate/estate";
import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { groupBy } from "../model/group-by";
import { permissionsOf } from "./aws/function-permissions";
import { shownResourcePolicy } from "./aws/resource-policy";
import type { SimulatedAccount } from "./aws/simulated-account";
import type { SimulatedResource, KeyGrant as SimulatedGrant } from "./aws/simulated-resources";

/** Types that carry no policy: an estate does not speak of them. */
const WITHOUT_POLICY: ReadonlySet<string> = new Set([
  "aws_cloudtrail",
  "aws_cloudwatch_event_api_destination",
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_group",
  "aws_config_aggregate_authorization",
  "aws_config_configuration_aggregator",
  "aws_config_delivery_channel",
  "aws_ecr_replication_configuration",
  "aws_sns_topic_subscription",
]);

/** What an estate has of an account's resources: those that may carry a policy. */
export function estateResourcesOf(account: SimulatedAccount): readonly EstateResource[] {
  const grants = groupBy(account.keyGrants.values(), ({ keyArn }) => keyArn);
  const aliases = new Map(account.keyAliases.values().map(({ keyArn, arn }) => [keyArn, arn]));
  const resources = account.resources.values().filter(({ type }) => !WITHOUT_POLICY.has(type));
  return [
    ...account.keys.values().map((key) => {
      const aliasArn = aliases.get(key.arn);
      return {
        ...toResource(account, key),
        ...(aliasArn !== undefined && { aliasArn }),
        grants: (grants.get(key.arn) ?? []).map((grant) => toGrant(account, grant)),
      };
    }),
    ...account.buckets.values().map((bucket) => toResource(account, bucket)),
    ...resources.map((resource) => toResource(account, resource)),
    ...account.functions.values().map((found) => {
      const statements = permissionsOf(account, found);
      return {
        ...toResource(account, found),
        ...(statements.length > 0 && { policy: policyDocument(statements) }),
      };
    }),
  ];
}

function toResource(account: SimulatedAccount, resource: SimulatedResource): EstateResource {
  const { type, arn, region, encryptedWith, origin } = resource;
  const policy: PolicyDocument | "unknown" | undefined =
    resource.policy && shownResourcePolicy(account, resource.policy);
  return {
    type,
    arn,
    accountId: account.id,
    ...(type !== "aws_s3_bucket" && { region }),
    ...(policy !== undefined && { policy }),
    grants: [],
    ...(encryptedWith !== undefined && { encryptedWith }),
    defined: true,
    origin,
  };
}

function toGrant(account: SimulatedAccount, grant: SimulatedGrant): KeyGrant {
  const shown = (id: string): string => account.directory.arnOf(id) ?? id;
  return {
    granteePrincipal: shown(grant.granteeId),
    ...(grant.retiringId !== undefined && { retiringPrincipal: shown(grant.retiringId) }),
    operations: grant.operations,
    constrained: grant.constraint !== undefined,
    origin: grant.origin,
  };
}
