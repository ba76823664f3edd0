import { accessOf, type Access } from "../../estate/access";
import { withoutControlPolicies } from "../../estate/control-policies";
import type { Estate, Identity } from "../../estate/estate";
import { asArray } from "../../iam/policy-document";
import { groupBy } from "../../model/group-by";
import type { Model, OnlyPath } from "../../model/model";
import { isOrphan } from "../verify/principal-kinds";
import { Declarations } from "../verify/declared-way";
import { otherEntrances } from "./other-entrances";
import type { NotJudged, OnlyPathReport, OtherWay } from "./other-way";

/**
 * The ways into the accounts with `onlyPath` that the stacks have and accounts.json does not, in
 * constructs of one's own too. They are judged as if the organization had no control policies, and as if
 * every principal elsewhere might do everything: what these hold back is another way in all the same.
 */
export function otherWaysIn(model: Model, estate: Estate): OnlyPathReport {
  const declarations = new Declarations(model);
  const trusts = new Map(model.roles.map((role) => [role.arn, role.trusts]));
  const uncontrolled = withoutControlPolicies(estate);
  const identities = groupBy([...uncontrolled.identities.values()], (each) => each.accountId);
  const reports = model.onlyPaths.map((path): OnlyPathReport => {
    const { id } = path.account;
    const alone = accountAlone(uncontrolled, id, identities.get(id) ?? []);
    const byTrust = accessOf(alone, { unlisted: "do not exist" }).flatMap((access) => {
      const role = alone.identities.get(access.roleArn);
      if (role?.defined !== true || !comesFromOutside(access, path)) return [];
      const ways = (trusts.get(role.arn) ?? []).map((trust) => declarations.wayOf(trust));
      return ways.some(({ admits }) => admits(access)) ? [] : [otherTrust(role, access)];
    });
    return {
      otherWays: [
        ...byTrust,
        ...[...alone.identities.values()].flatMap(byUniqueId),
        ...otherEntrances(model, path, estate),
      ],
      notJudged: notJudged(path, [...alone.identities.values()]),
    };
  });
  return {
    otherWays: reports.flatMap(({ otherWays }) => otherWays),
    notJudged: reports.flatMap((report) => report.notJudged),
  };
}

/** An account as if the estate held no other: whoever is elsewhere is taken to have his half. */
function accountAlone(estate: Estate, id: string, identities: readonly Identity[]): Estate {
  return {
    ...estate,
    accounts: new Map([...estate.accounts].filter(([accountId]) => accountId === id)),
    identities: new Map(identities.map((identity) => [identity.arn, identity])),
  };
}

/** Services that take tokens of people and machines elsewhere are identity providers, whatever their names. */
const SERVICE = /^(?!cognito-identity\.)[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

function comesFromOutside({ principal }: Access, { account }: OnlyPath): boolean {
  if (SERVICE.test(principal)) return false;
  if (/:(oidc|saml)-provider\//.test(principal)) return true;
  return principal.split(":").at(4) !== account.id;
}

function otherTrust(role: Identity, { principal, result }: Access): OtherWay {
  return {
    accountId: role.accountId,
    who: principal,
    roleArn: role.arn,
    says:
      result === "allowed"
        ? "it gets in, and no trust of accounts.json names it"
        : "it may get in, and no trust of accounts.json names it",
    remedy: "declare it as a trust of accounts.json, or take it out of the trust policy",
    origin: role.origin,
  };
}

/**
 * AWS takes the unique ID of a role or user of whatever account as a principal, and shows its ARN. What it
 * shows as an ID is a principal that was deleted, but stacks are judged here, where somebody wrote it.
 */
function byUniqueId({ arn, accountId, trustPolicy, origin }: Identity): readonly OtherWay[] {
  if (typeof trustPolicy !== "object") return [];
  const names = asArray(trustPolicy.Statement).flatMap(({ Effect, Principal }) =>
    Effect !== "Allow" || Principal === undefined || Principal === "*"
      ? []
      : asArray(Principal.AWS).filter(isOrphan),
  );
  return [...new Set(names)].map((who) => ({
    accountId,
    who,
    roleArn: arn,
    says: "it may get in, and a unique ID does not tell whose it is",
    remedy: "name the principal by its ARN, or take it out of the trust policy",
    origin,
  }));
}

function notJudged(
  { account, guarded }: OnlyPath,
  roles: readonly Identity[],
): readonly NotJudged[] {
  const defined = new Set(roles.filter((role) => role.defined).map(({ arn }) => arn));
  const excepted = [...guarded.administrators, ...guarded.existingDeployers];
  const elsewhere = excepted.filter((arn) => !defined.has(arn));
  return [
    ...elsewhere.map((roleArn) => ({ roleArn, because: "no stack has it" })),
    ...roles
      .filter(({ kind, arn }) => kind === "role" && !defined.has(arn) && !elsewhere.includes(arn))
      .map(({ arn: roleArn }) => ({ roleArn, because: "it is existing" })),
  ].map((role) => ({ accountId: account.id, ...role }));
}
