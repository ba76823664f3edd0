import { z } from "zod";
import { firstText, texts } from "./aws";
import type { Cloud } from "./cloud";

const TRUST_POLICY = z.looseObject({
  Statement: z.array(z.looseObject({ Condition: z.unknown().optional() })),
});

interface NamedTrustPolicy {
  readonly account: string;
  readonly name: string;
  readonly policy: z.infer<typeof TRUST_POLICY>;
}

/**
 * Deletes a role and makes it again with the same path, trust policy and other policies, as somebody
 * does who gets hold of the account: only its unique ID is another.
 *
 * AWS then shows the old unique ID where trust policies name the role as a principal. The emulator
 * puts it into their conditions too, which AWS leaves alone: those of `trustingAccounts` are put back
 * as they were.
 */
export async function recreateRole(
  cloud: Cloud,
  accountId: string,
  roleName: string,
  trustingAccounts: readonly string[],
): Promise<void> {
  const before = await trustPolicies(cloud, trustingAccounts);
  await deleteAndCreate(cloud, accountId, roleName);
  for (const { account, name, policy } of await trustPolicies(cloud, trustingAccounts)) {
    const was = before.find((each) => each.account === account && each.name === name)?.policy;
    if (was === undefined || JSON.stringify(was) === JSON.stringify(policy)) continue;
    const Statement = policy.Statement.map((statement, index) => ({
      ...statement,
      ...(was.Statement[index].Condition !== undefined && {
        Condition: was.Statement[index].Condition,
      }),
    }));
    await cloud.root(account).iam("UpdateAssumeRolePolicy", {
      RoleName: name,
      PolicyDocument: JSON.stringify({ ...policy, Statement }),
    });
  }
}

async function trustPolicies(
  cloud: Cloud,
  accounts: readonly string[],
): Promise<readonly NamedTrustPolicy[]> {
  const all = accounts.map(async (account) => {
    const names = texts(await cloud.root(account).iam("ListRoles"), "RoleName");
    return Promise.all(
      names.map(async (name) => ({
        account,
        name,
        policy: TRUST_POLICY.parse(await cloud.trustPolicy(account, name)),
      })),
    );
  });
  return (await Promise.all(all)).flat();
}

async function deleteAndCreate(cloud: Cloud, accountId: string, roleName: string): Promise<void> {
  const root = cloud.root(accountId);
  const role = { RoleName: roleName };
  const path = firstText(await root.iam("GetRole", role), "Path") ?? "/";
  const trust = await cloud.trustPolicy(accountId, roleName);
  const attached = texts(await root.iam("ListAttachedRolePolicies", role), "PolicyArn");
  const names = texts(await root.iam("ListRolePolicies", role), "member");
  const inline = await Promise.all(
    names.map(async (PolicyName) => {
      const xml = await root.iam("GetRolePolicy", { ...role, PolicyName });
      const document = firstText(xml, "PolicyDocument") ?? "";
      return { PolicyName, PolicyDocument: decodeURIComponent(document) };
    }),
  );
  for (const PolicyArn of attached) await root.iam("DetachRolePolicy", { ...role, PolicyArn });
  for (const { PolicyName } of inline) await root.iam("DeleteRolePolicy", { ...role, PolicyName });
  await root.iam("DeleteRole", role);
  await root.iam("CreateRole", {
    ...role,
    Path: path,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  for (const PolicyArn of attached) await root.iam("AttachRolePolicy", { ...role, PolicyArn });
  for (const policy of inline) await root.iam("PutRolePolicy", { ...role, ...policy });
}
