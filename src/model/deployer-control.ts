import { accountPrincipalArn, type Partition } from "../iam/arn";
import { matchesPattern, parsePattern } from "../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../iam/policy-document";
import type { Model, Role } from "./model";
import { mayMatchBeginning } from "./resource-pattern";

/** Someone who may change, pass or assume the deployer role, and so is the deployer. */
export interface DeployerControl {
  readonly principal: string;
  readonly because: string;
}

/** AWS managed policies that allow changing any role. */
const IAM_POLICIES = /:policy\/(AdministratorAccess|IAMFullAccess)$/;

/** Actions on the deployer by which a principal makes itself the deployer. */
const TAKING_OVER = [
  "iam:AttachRolePolicy",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PassRole",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/** Actions on a policy, which may be one that is attached to the deployer or to the principal itself. */
const CHANGING_POLICIES = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"];

/** Actions that only together replace the deployer by a role that trusts somebody else. */
const MAKING_AGAIN = ["iam:DeleteRole", "iam:CreateRole"];

/**
 * Who controls the deployer role, as far as accounts.json tells: whoever may change, pass or assume
 * it can reach every account. Users, roles and Identity Center principals that are not in
 * accounts.json are not seen.
 */
export function deployerControl(model: Model): readonly DeployerControl[] {
  const { bootstrap } = model.settings;
  if (bootstrap === undefined) return [];
  const { hub, hubAccessRoleArn } = bootstrap;
  const found: DeployerControl[] = [
    ...(hubAccessRoleArn === undefined
      ? []
      : [
          {
            principal: hubAccessRoleArn,
            because: "the hub's access role administers the account",
          },
        ]),
    ...bootstrap.firstDeployers.map((principal) => ({
      principal,
      because: "settings.bootstrap.firstDeployers",
    })),
  ];
  for (const role of model.roles) {
    if (role.arn === bootstrap.deployerArn) found.push(...trustedAccounts(role, model));
    else if (role.account === hub) {
      const because = takesOver(role, bootstrap.deployerArn);
      if (because !== undefined) found.push({ principal: role.arn, because });
    }
  }
  return found;
}

/** Accounts in which anyone whose own policies allow it may assume the deployer, for good. */
function trustedAccounts(deployer: Role, { accounts }: Model): readonly DeployerControl[] {
  return deployer.trusts.flatMap((trust): readonly DeployerControl[] => {
    if (trust.kind !== "account" && trust.kind !== "group" && trust.kind !== "permission-set") {
      return [];
    }
    const account = accounts.find(({ id }) => id === trust.accountId);
    const name = account?.name ?? trust.accountId;
    if (trust.kind === "permission-set") {
      const { permissionSet } = trust;
      const because = `the deployer trusts whoever signs in to account ${name} with it`;
      return [{ principal: `permission set ${permissionSet}`, because }];
    }
    const all = `the deployer trusts all of account ${name}`;
    return [
      {
        principal: accountPrincipalArn(trust.partition, trust.accountId),
        because: trust.kind === "group" ? `${all}, for its group ${trust.groupName}` : all,
      },
    ];
  });
}

function takesOver(role: Role, deployerArn: string): string | undefined {
  const policy = role.managedPolicyArns.find((arn) => IAM_POLICIES.test(arn));
  if (policy !== undefined) return `has ${policy.replace(/^.*\//, "")}`;
  const allowed = role.statements.filter(({ Effect }) => Effect === "Allow");
  const onDeployer = allowed.filter((each) =>
    isOn(each, (resource) => matches(resource, deployerArn)),
  );
  const { partition, id } = role.account;
  const onPolicies = allowed.filter((each) =>
    isOn(each, (resource) => mayMatchBeginning(resource, policiesOf(partition, id))),
  );
  const statement = allowed.find(
    (each) =>
      (onDeployer.includes(each) && allowsAny(each, TAKING_OVER)) ||
      (onPolicies.includes(each) && allowsAny(each, CHANGING_POLICIES)),
  );
  if (statement !== undefined) return `a statement of its own ${allowing(statement)}`;
  return MAKING_AGAIN.every((action) => onDeployer.some((each) => allowsAny(each, [action])))
    ? `statements of its own allow ${MAKING_AGAIN.join(" and ")}`
    : undefined;
}

/** How the ARNs of the policies of an account's own begin. */
function policiesOf(partition: Partition, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:policy/`;
}

function allowing({ Action, NotAction }: Statement): string {
  return NotAction === undefined
    ? `allows ${asArray(Action).join(", ")}`
    : `allows all but ${asArray(NotAction).join(", ")}`;
}

function isOn(
  { Resource, NotResource }: Statement,
  isMeant: (resource: string) => boolean,
): boolean {
  return NotResource !== undefined || asArray(Resource).some(isMeant);
}

function allowsAny({ Action, NotAction }: Statement, actions: readonly string[]): boolean {
  return (
    NotAction !== undefined ||
    asArray(Action).some((pattern) =>
      actions.some((action) => matches(pattern.toLowerCase(), action.toLowerCase())),
    )
  );
}

function matches(pattern: string, text: string): boolean {
  return matchesPattern(parsePattern(pattern), text);
}
