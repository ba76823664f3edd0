import { roleArn } from "../iam/arn";
import { matchesPattern, parsePattern } from "../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../iam/policy-document";
import type { Model, Role } from "./model";

/** Someone who may change or pass the deployer role, and so is the deployer. */
export interface DeployerControl {
  readonly principal: string;
  readonly because: string;
}

/** AWS managed policies that allow changing any role. */
const IAM_POLICIES = /:policy\/(AdministratorAccess|IAMFullAccess)$/;

/** Actions by which a principal makes itself the deployer. */
const TAKING_OVER = [
  "iam:AttachRolePolicy",
  "iam:PassRole",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
];

/**
 * Who controls the deployer role, as far as accounts.json tells: whoever may change or pass it can
 * reach every account. Users, roles and Identity Center principals that are not in accounts.json are
 * not seen.
 */
export function deployerControl(model: Model): readonly DeployerControl[] {
  const { bootstrap } = model.settings;
  if (bootstrap === undefined) return [];
  const { hub } = bootstrap;
  const found: DeployerControl[] = [
    {
      principal: roleArn(hub.partition, hub.id, "/", hub.accessRole),
      because: "the hub's access role administers the account",
    },
    ...bootstrap.firstDeployers.map((principal) => ({
      principal,
      because: "settings.bootstrap.firstDeployers",
    })),
  ];
  for (const role of model.roles) {
    if (role.account !== hub || role.arn === bootstrap.deployerArn) continue;
    const because = takesOver(role, bootstrap.deployerArn);
    if (because !== undefined) found.push({ principal: role.arn, because });
  }
  return found;
}

function takesOver(role: Role, deployerArn: string): string | undefined {
  const policy = role.managedPolicyArns.find((arn) => IAM_POLICIES.test(arn));
  if (policy !== undefined) return `has ${policy.replace(/^.*\//, "")}`;
  const statement = role.statements.find((each) => allowsTakingOver(each, deployerArn));
  return statement && `a statement of its own allows ${asArray(statement.Action).join(", ")}`;
}

function allowsTakingOver(statement: Statement, deployerArn: string): boolean {
  if (statement.Effect !== "Allow") return false;
  const onDeployer =
    statement.NotResource !== undefined ||
    asArray(statement.Resource).some((resource) => matches(resource, deployerArn));
  const byAction =
    statement.NotAction !== undefined ||
    asArray(statement.Action).some((pattern) =>
      TAKING_OVER.some((action) => matches(pattern.toLowerCase(), action.toLowerCase())),
    );
  return onDeployer && byAction;
}

function matches(pattern: string, text: string): boolean {
  return matchesPattern(parsePattern(pattern), text);
}
