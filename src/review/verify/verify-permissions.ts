import type { Estate, Identity, IdentityPolicy } from "../../estate/estate";
import { compilePolicy } from "../../iam/evaluation/compiled-policy";
import { asArray, policyDocument, type Statement } from "../../iam/policy-document";
import { tryPermissionSetOf } from "../../iam/permission-set-role";
import type { Model } from "../../model/model";
import type { Finding } from "./finding";

/** What accounts.json lets an identity assume, and lets it do besides. */
interface Declared {
  readonly mayAssume: readonly string[];
  readonly statements: readonly Statement[];
}

/**
 * Permissions to assume roles that accounts.json does not give. Policies of AWS's are left to the roles
 * that they open: who gets in by them is an access.
 */
export function verifyPermissions(model: Model, estate: Estate): readonly Finding[] {
  const declared = declaredPermissions(model);
  const seen = new Set<string>();
  return [...estate.identities.values()].flatMap((identity) =>
    identity.policies.flatMap((policy) => {
      const { stack, address } = policy.origin;
      // A group's policy is there once for each member.
      const key =
        policy.group === undefined ? `${identity.arn} ${stack} ${address}` : `${stack} ${address}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return findingsOf(identity, policy, declared(identity));
    }),
  );
}

function findingsOf(
  { arn, accountId }: Identity,
  { name, document, origin }: IdentityPolicy,
  { mayAssume, statements }: Declared,
): readonly Finding[] {
  if (document === undefined || /^arn:[a-z-]+:iam::aws:policy\//.test(name)) return [];
  const allowed = new Set([...mayAssume, ...statements.flatMap(assumedBy)]);
  return asArray(document.Statement).flatMap((statement, index): readonly Finding[] => {
    const more = assumedBy(statement).filter((resource) => !allowed.has(resource));
    if (more.length === 0) return [];
    const sid = statement.Sid === undefined ? "" : ` (${statement.Sid})`;
    return [
      {
        kind: "permission without trust",
        accountId,
        origin,
        statements: [`${name}, statement ${index}${sid}`],
        arn,
        says: `it may assume ${more.join(" and ")}, which accounts.json does not say`,
        remedy: "declare the trust in accounts.json, or take the permission out",
      },
    ];
  });
}

/** The resources on which a statement allows to assume roles. */
function assumedBy(statement: Statement): readonly string[] {
  const [compiled] = compilePolicy(policyDocument([statement]), "identity");
  if (compiled?.effect !== "Allow" || !compiled.actions.has("sts:AssumeRole")) return [];
  return statement.NotResource === undefined
    ? asArray(statement.Resource)
    : [`all but ${asArray(statement.NotResource).join(" and ")}`];
}

function declaredPermissions(model: Model): (identity: Identity) => Declared {
  const byArn = new Map<string, Declared>();
  for (const { arn, mayAssume, statements } of model.roles)
    byArn.set(arn, { mayAssume, statements });
  const groups = new Map<string, string[]>();
  for (const { account, users, mayAssume } of model.groups) {
    for (const user of users) {
      const key = `${account.id}/${user}`;
      groups.set(key, [...(groups.get(key) ?? []), ...mayAssume]);
    }
  }
  for (const { arn, account, name, mayAssume } of model.users) {
    const ofGroups = groups.get(`${account.id}/${name}`) ?? [];
    byArn.set(arn, { mayAssume: [...mayAssume, ...ofGroups], statements: [] });
  }
  const sets = new Map(model.permissionSets.map((set) => [set.name, set]));
  return ({ arn, name }) => byArn.get(arn) ?? sets.get(tryPermissionSetOf(name) ?? "") ?? NOTHING;
}

const NOTHING: Declared = { mayAssume: [], statements: [] };
