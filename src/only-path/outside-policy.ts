import { policyDocument, policySize, type PolicyDocument } from "../iam/policy-document";
import { CONTROL_POLICY_SIZE } from "../iam/quotas";
import { identityCenterRoles, wholeAccount, type GuardedAccount } from "./guarded-account";

/**
 * The resource control policy of a guarded account: who may assume its roles. Its own principals may,
 * as far as trust policies let them, and those that are declared; AWS's services too. The roles by which
 * the account is administered are excepted, and so are existing deployers and the roles of Identity
 * Center, so that nobody locks himself out: their trust policies alone say who gets in. Tokens of OpenID Connect providers are taken
 * by roles that declare a provider, SAML by none.
 *
 * Principals that do not all fit are named by their accounts; undefined where even these do not fit.
 */
export function outsidePolicy(guarded: GuardedAccount): PolicyDocument | undefined {
  return [guarded.declared, [...new Set(guarded.declared.map(wholeAccount))]]
    .map((declared) => documentOf(guarded, declared))
    .find((document) => policySize(document) <= CONTROL_POLICY_SIZE);
}

/** Whether the principals do not all fit, so that their accounts are named. */
export function namesAccounts(guarded: GuardedAccount): boolean {
  return policySize(documentOf(guarded, guarded.declared)) > CONTROL_POLICY_SIZE;
}

function documentOf(guarded: GuardedAccount, declared: readonly string[]): PolicyDocument {
  const { partition, accountId, administrators, existingDeployers, tokenRoles } = guarded;
  const excepted = [...administrators, ...existingDeployers, identityCenterRoles(guarded)];
  return policyDocument([
    {
      Sid: "OnlyDeclaredPrincipals",
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRole",
      NotResource: excepted,
      Condition: {
        ArnNotLikeIfExists: {
          "aws:PrincipalArn": [`arn:${partition}:iam::${accountId}:*`, ...declared],
        },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    {
      Sid: "OnlyDeclaredProviders",
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRoleWithWebIdentity",
      NotResource: [...excepted, ...tokenRoles],
    },
    {
      Sid: "NoSaml",
      Effect: "Deny",
      Principal: "*",
      Action: "sts:AssumeRoleWithSAML",
      NotResource: excepted,
    },
  ]);
}
