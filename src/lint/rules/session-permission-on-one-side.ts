import type { Estate, Identity } from "../../estate/estate";
import { matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../../iam/policy-document";
import { actionsOfService, matches } from "../actions";
import { foundIn, type Found, type LintedEstate, type LintRule } from "../rule";

/** What is needed besides `sts:AssumeRole`, in both policies. */
const BESIDES = ["sts:TagSession", "sts:SetSourceIdentity"] as const;

type SessionAction = (typeof BESIDES)[number];

/** Session tags or a source identity that one side alone allows. */
export const sessionPermissionOnOneSide: LintRule = {
  id: "session-permission-on-one-side",
  severity: "warning",
  explains:
    "session tags and a source identity need their own action in the trust policy and in the caller's: with one side alone a request that carries them is refused",
  remedy: "allow the action on both sides, or on none",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required",
  find: (linted) => [...inTrustPoliciesAlone(linted), ...inCallersAlone(linted)],
};

/** The trust policy allows it, and somebody who can get in lacks it. */
function inTrustPoliciesAlone({ estate, statements, accesses }: LintedEstate): readonly Found[] {
  return statements.flatMap((linted) => {
    const { policy, statement } = linted;
    if (policy.kind !== "trust" || statement.Effect !== "Allow") return [];
    return namedIn(statement).flatMap((action) => {
      const lacking = accesses
        .filter(({ roleArn }) => roleArn === policy.ownerArn)
        .map(({ principal }) => estate.identities.get(principal))
        .filter((identity) => identity !== undefined)
        .filter((identity) => isFor(statement, identity))
        .filter((identity) => lacks(identity, action, policy.ownerArn));
      if (lacking.length === 0) return [];
      return [foundIn(linted, `${lacking.map(({ arn }) => arn).join(", ")} lacks ${action}`)];
    });
  });
}

/** A statement that names others has nothing to do with them. */
function isFor({ Principal }: Statement, { arn, accountId }: Identity): boolean {
  if (Principal === undefined || Principal === "*") return Principal === "*";
  return asArray<string>(Principal.AWS).some(
    (one) => one === "*" || one === arn || one === accountId || one.endsWith(`::${accountId}:root`),
  );
}

function lacks({ policies }: Identity, action: SessionAction, roleArn: string): boolean {
  return policies.every(
    ({ document }) =>
      document !== undefined &&
      !asArray(document.Statement).some(
        ({ Effect, Action, NotAction, Resource, NotResource }) =>
          Effect === "Allow" &&
          (NotAction !== undefined || asArray(Action).some((each) => matches(each, action))) &&
          (NotResource !== undefined || covers(asArray(Resource), roleArn)),
      ),
  );
}

/** The caller's policy allows it on a role whose trust policy does not. */
function inCallersAlone({ estate, statements }: LintedEstate): readonly Found[] {
  return statements.flatMap((linted) => {
    const { policy, statement } = linted;
    if (policy.kind !== "identity" || statement.Effect !== "Allow") return [];
    return namedIn(statement).flatMap((action) => {
      const without = asArray(statement.Resource).filter((arn) =>
        isRoleWithout(arn, action, estate),
      );
      if (without.length === 0) return [];
      return [foundIn(linted, `${action} on ${without.join(", ")}, whose trust policy lacks it`)];
    });
  });
}

function isRoleWithout(arn: string, action: SessionAction, { identities }: Estate): boolean {
  const trust = identities.get(arn)?.trustPolicy;
  return (
    typeof trust === "object" &&
    !asArray(trust.Statement).some(
      ({ Effect, Action }) =>
        Effect === "Allow" && asArray(Action).some((each) => matches(each, action)),
    )
  );
}

/** Those that a statement names by itself, not by `sts:*`: then they are meant. */
function namedIn(statement: Statement): readonly SessionAction[] {
  const named = actionsOfService(statement, "sts").map((action) => action.toLowerCase());
  return BESIDES.filter((action) => named.includes(action.toLowerCase()));
}

function covers(resources: readonly string[], arn: string): boolean {
  return resources.some((resource) => matchesPattern(parsePattern(resource), arn));
}
