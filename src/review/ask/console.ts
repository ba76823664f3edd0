import type { Estate } from "../../estate/estate";
import { tryParseIamArn } from "../../iam/arn";
import { tryPermissionSetOf } from "../../iam/permission-set-role";
import type { Step } from "./way";

/**
 * Why switching roles in the console does not lead where a chain of roles does. The console makes every
 * switch with the credentials of the sign-in, also from a role to the next (IAM User Guide, "Grant a user
 * permissions to switch roles"), and passes no external ID ("Switch from a user to an IAM role").
 * Undefined where it does lead there, and for those who do not sign in. `roles`: the roles on the way.
 */
export function whyNotInConsole(
  estate: Estate,
  principal: string,
  roles: readonly Step[],
): string | undefined {
  if (!signsIn(estate, principal) || roles.length === 0) return undefined;
  if (roles.length > 1) {
    return "every switch is made with the credentials of the sign-in, which do not get there directly";
  }
  return roles[0].needs.some((need) => need.startsWith("external ID "))
    ? "a switch passes no external ID"
    : undefined;
}

/** Users, people of Identity Center, and those who sign in by SAML. */
function signsIn(estate: Estate, principal: string): boolean {
  const identity = estate.identities.get(principal);
  if (identity?.kind === "user") return true;
  const arn = tryParseIamArn(principal);
  if (arn?.type === "user" || arn?.type === "saml-provider") return true;
  return arn?.type === "role" && tryPermissionSetOf(arn.name) !== undefined;
}
