import type { Entrance, Estate, Unknown } from "../../estate/estate";
import type { Model, OnlyPath } from "../../model/model";
import type { OtherWay } from "./other-way";

/** What each kind of entrance is, for people. */
const KINDS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "an access key",
  aws_iam_openid_connect_provider:
    "an OpenID Connect provider that no trust of accounts.json names",
  aws_iam_saml_provider: "a SAML provider",
  aws_iam_service_specific_credential: "a credential for a service",
  aws_iam_signing_certificate: "a signing certificate",
  aws_iam_user_login_profile: "a console password",
  aws_iam_user_ssh_key: "an SSH key",
  aws_iot_role_alias: "a role alias, by which devices of AWS IoT get the role's sessions",
  aws_rolesanywhere_profile: "a profile of IAM Roles Anywhere",
  aws_rolesanywhere_trust_anchor: "a trust anchor of IAM Roles Anywhere",
  aws_ssoadmin_account_assignment:
    "more assignments of an Identity Center permission set than accounts.json has",
  aws_ssm_activation: "an activation, by which machines elsewhere get the sessions of its role",
};

/** What is none any more once accounts.json says whom it lets in. */
const DECLARABLE: Readonly<Record<string, string>> = {
  aws_iam_openid_connect_provider: "declare whom it lets in as a trust of accounts.json",
  aws_ssoadmin_account_assignment: "declare it in identityCenter of accounts.json",
};

/** Users, credentials, identity providers and assignments in an account, and blocks that may make some. */
export function otherEntrances(
  model: Model,
  { account }: OnlyPath,
  { identities, entrances = [], unknowns, accounts }: Estate,
): readonly OtherWay[] {
  const users = [...identities.values()].filter(
    ({ kind, accountId }) => kind === "user" && accountId === account.id,
  );
  const stacks = new Set(accounts.get(account.id)?.stacks ?? []);
  const open = entrances.filter(({ accountId = account.id }) => accountId === account.id);
  return [
    ...users.map(({ arn, origin }): OtherWay => ({
      accountId: account.id,
      who: arn,
      says: "an IAM user, to whom a password or an access key can be given",
      remedy: "take it out, and let people and machines assume a role",
      origin,
    })),
    ...undeclared(open, model, account.id).map((entrance): OtherWay => ({
      accountId: account.id,
      who: entrance.subject ?? entrance.type,
      ...judgementOf(entrance),
      origin: entrance.origin,
    })),
    ...unknowns
      .filter(
        (unknown) =>
          mayHideAWay(unknown) &&
          (unknown.attribute === "provider" || stacks.has(unknown.origin.stack)),
      )
      .map(({ attribute, origin, reason }): OtherWay => ({
        accountId: account.id,
        who: origin.address === "" ? origin.stack : origin.address,
        says: `what it makes cannot be told: ${reason}`,
        remedy:
          attribute === "provider"
            ? SAY_THE_ACCOUNT
            : "write what it makes as resources of the stack",
        origin,
      })),
  ];
}

function judgementOf({ type, accountId }: Entrance): Pick<OtherWay, "says" | "remedy"> {
  const kind = KINDS[type] ?? type;
  if (accountId === undefined) {
    return {
      says: `${kind}; its account is not known: it may be this one`,
      remedy: SAY_THE_ACCOUNT,
    };
  }
  const remedies = ["take it out", ...(type in DECLARABLE ? [DECLARABLE[type]] : [])];
  return { says: kind, remedy: remedies.join(", or ") };
}

/** Of what may be in any account, whichever stack makes it. */
const SAY_THE_ACCOUNT =
  "write its account (an assignment's target_id, or allowed_account_ids of its provider), or take it out";

/** Whether a block is not read as a whole, or a role or user not by its name: there may be more of them. */
function mayHideAWay({ attribute, bearing, origin: { address } }: Unknown): boolean {
  if (bearing !== "access" || ONLY_GIVES.test(address)) return false;
  if (attribute === "" || attribute === "count" || attribute === "for_each") return true;
  return /^aws_iam_(role|user)\./.test(address) && /^(name|path|arn|provider)$/.test(attribute);
}

/** Gives permissions to principals, or looks them up, and makes none. */
const ONLY_GIVES = /^(data\.|aws_iam_(group|policy|\w+_(policy|attachment|membership))\b)/;

function undeclared(
  entrances: readonly Entrance[],
  { roles, permissionSets }: Model,
  accountId: string,
): readonly Entrance[] {
  const issuers = new Set(
    roles
      .filter(({ account }) => account.id === accountId)
      .flatMap(({ trusts }) => trusts)
      .flatMap((trust) => (trust.kind === "oidc" ? [trust.issuer] : [])),
  );
  const left = new Map(
    permissionSets.map(({ name, assignments }) => [
      name,
      assignments.filter(({ account }) => account.id === accountId).length,
    ]),
  );
  return entrances.filter((entrance) => {
    const { type, subject = "" } = entrance;
    if (type === "aws_iam_openid_connect_provider") return !issuers.has(subject);
    if (type !== "aws_ssoadmin_account_assignment" || entrance.accountId === undefined) return true;
    const count = left.get(subject) ?? 0;
    left.set(subject, count - 1);
    return count <= 0;
  });
}
