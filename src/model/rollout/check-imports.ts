import { formatPath } from "../../source/source-document";
import type { Problem } from "../../source/problem";
import { trustPolicy } from "../../trust/trust-policy";
import { groupBy } from "../group-by";
import type { Group, Model, Role } from "../model";

/** Longest text of a trust policy in a message, in characters. */
const MAX_SHOWN = 400;

/**
 * What taking over a role or group replaces, and by what. A role whose trusts the lock knows as applied
 * is taken over already.
 */
export function importWarnings(model: Model): readonly Problem[] {
  const roles = model.roles.filter(
    ({ ownership, arn }) => ownership === "imported" && !Object.hasOwn(model.lock.applied, arn),
  );
  const groups = model.groups.filter(
    ({ ownership, users }) => ownership === "imported" && users.length > 0,
  );
  return [
    ...[...groupBy(roles, ({ key }) => key).values()].map(replacedTrustPolicy),
    ...groups.map(replacedMembers),
  ];
}

function replacedTrustPolicy([role, ...alike]: readonly Role[]): Problem {
  const policy = JSON.stringify(trustPolicy(role.trusts).Statement);
  const shown = policy.length > MAX_SHOWN ? `${policy.slice(0, MAX_SHOWN)}…` : policy;
  const also = alike.length === 0 ? "" : ` (and so in ${alike.length} more of its accounts)`;
  return {
    severity: "warning",
    location: role.location,
    path: role.key === undefined ? "" : formatPath(["roles", role.key]),
    expected: "a role whose trust policy may be replaced",
    found: `"import": true: deploying ${role.stack} replaces the trust policy of ${role.arn} by ${shown}${also}`,
    remedy: `compare it with that of aws iam get-role --role-name ${role.name}, add whoever must keep access to trusts, and take import out once the role is deployed`,
  };
}

function replacedMembers({ account, name, stack, users, location }: Group): Problem {
  return {
    severity: "warning",
    location,
    path: formatPath(["identities", account.name, "groups", name]),
    expected: "a group whose members may be replaced",
    found: `"import": true: deploying ${stack} leaves it the members ${users.join(", ")} alone`,
    remedy: `compare them with those of aws iam get-group --group-name ${name}, add whoever must stay, and take import out once the group is deployed`,
  };
}
