import type { Origin } from "../../estate/estate";
import { policyDocument } from "../../iam/policy-document";
import { AwsError } from "./aws-error";
import type { SimulatedRole } from "./entities";
import { createRole } from "./roles";
import type { SimulatedAccount } from "./simulated-account";

/** Names that do not follow from the service's; IAM User Guide, "AWS services that work with IAM". */
const ROLE_NAMES: ReadonlyMap<string, string> = new Map([
  ["autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling"],
  ["config.amazonaws.com", "AWSServiceRoleForConfig"],
  ["ecs.amazonaws.com", "AWSServiceRoleForECS"],
  ["eks.amazonaws.com", "AWSServiceRoleForAmazonEKS"],
  ["elasticache.amazonaws.com", "AWSServiceRoleForElastiCache"],
  ["elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing"],
  ["guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"],
  ["macie.amazonaws.com", "AWSServiceRoleForAmazonMacie"],
  ["organizations.amazonaws.com", "AWSServiceRoleForOrganizations"],
  ["rds.amazonaws.com", "AWSServiceRoleForRDS"],
  ["replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication"],
  ["securityhub.amazonaws.com", "AWSServiceRoleForSecurityHub"],
  ["spot.amazonaws.com", "AWSServiceRoleForEC2Spot"],
  ["spotfleet.amazonaws.com", "AWSServiceRoleForEC2SpotFleet"],
  ["ssm.amazonaws.com", "AWSServiceRoleForAmazonSSM"],
]);

/** The name of a service's role; undefined for a service that is not listed. */
export function serviceLinkedRoleName(service: string, suffix?: string): string | undefined {
  const name = ROLE_NAMES.get(service);
  return suffix === undefined || name === undefined ? name : `${name}_${suffix}`;
}

/** CreateServiceLinkedRole: refused where the account has the role already. */
export function createServiceLinkedRole(
  account: SimulatedAccount,
  input: { readonly service: string; readonly name: string; readonly origin: Origin },
): SimulatedRole {
  const { service, name, origin } = input;
  if (account.roles.tryGet(name) !== undefined) {
    throw new AwsError(
      "InvalidInput",
      `Service role name ${name} has been taken in this account, please try a different suffix.`,
      `The account has the role ${name} already.`,
    );
  }
  const trust = policyDocument([
    { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
  ]);
  return createRole(account, {
    name,
    path: `/aws-service-role/${service}/`,
    trustPolicy: JSON.stringify(trust),
    origin,
  });
}
