import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { BREAKS_A_ROLE, MAKES_A_WAY_IN } from "./denied-actions";
import { identityCenterRoles, type GuardedAccount } from "./guarded-account";

/**
 * The service control policy of a guarded account: who inside may make a way in, or assume the roles by
 * which it is administered. Excepted are these roles themselves, and those of Identity Center, by which
 * an administrator may have signed in to bootstrap the account; service-linked roles are never bound
 * (AWS Organizations User Guide, "Service control policies"). It binds the account's root user too.
 */
export function insidePolicy(guarded: GuardedAccount): PolicyDocument {
  const { administrators, deployers } = guarded;
  const others = (more: readonly string[]) => ({
    ArnNotLike: {
      "aws:PrincipalArn": [...administrators, ...more, identityCenterRoles(guarded)],
    },
  });
  return policyDocument([
    {
      Sid: "MakeNoOtherWayIn",
      Effect: "Deny",
      Action: MAKES_A_WAY_IN,
      Resource: "*",
      Condition: others([]),
    },
    {
      Sid: "KeepTheWayIn",
      Effect: "Deny",
      Action: BREAKS_A_ROLE,
      Resource: administrators,
      Condition: others([]),
    },
    {
      Sid: "AssumeAsDeclared",
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Resource: administrators,
      Condition: others(deployers),
    },
  ]);
}
