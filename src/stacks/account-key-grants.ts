import type { Construct } from "constructs";
import { KeyGrants } from "../constructs/key-grants";
import { groupBy } from "../model/group-by";
import type { Account, KeyGrant } from "../model/model";

/**
 * Defines the grants that an account makes on keys of others, in its stack. A key that is not
 * confirmed waits; the service-linked role does not.
 */
export function addKeyGrants(
  stack: Construct,
  account: Account,
  keyGrants: readonly KeyGrant[],
): void {
  for (const [granteeArn, same] of groupBy(keyGrants, (grant) => grant.granteeArn)) {
    const serviceName = serviceOf(granteeArn);
    const service = serviceName.split(".")[0];
    new KeyGrants(stack, `grants-to-${service}`, {
      serviceName,
      granteeArn,
      serviceLinkedRole: account.existingServiceLinkedRoles.includes(service)
        ? "existing"
        : "defined",
      grants: same.flatMap(({ key, keyArn, region }) => {
        if (keyArn === undefined) return [];
        return region === account.region
          ? [{ name: key, keyArn }]
          : [{ name: `${key}-${region}`, keyArn, region }];
      }),
    });
  }
}

/** The service of a service-linked role: its path says it. */
function serviceOf(roleArn: string): string {
  const [, service] = /:role\/aws-service-role\/([^/]+)\//.exec(roleArn) ?? [];
  if (service === undefined) throw new Error(`expected a service-linked role, found ${roleArn}`);
  return service;
}
