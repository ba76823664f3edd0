import { tryFindPrincipal } from "../../trust/lock";
import type { Account, Bootstrap, Model } from "../model";
import { STATE_BUCKET_STACK } from "../stack-names";
import { isPrincipalTrust } from "../../trust/trust";
import { removedTrusts } from "./removed-trusts";
import { termsDiffer, trackTrusts, type TrackedTrust } from "./trust-progress";

/**
 * Who deploys:
 * - `administrator`: of the management account, by each account's access role, or each account's
 *   named profile.
 * - `hub-administrator`: the hub's access role, or a first deployer.
 * - `deployer`: the deployer role.
 */
export type DeployedBy = "administrator" | "hub-administrator" | "deployer";

/** Stacks that one person deploys in one go. */
export interface DeployStep {
  readonly name:
    "state bucket" | "bootstrap" | "hub" | "tighten bootstrap" | "accounts" | "tighten";
  /** In file order, or by `deploy_order` where it is written. */
  readonly stacks: readonly string[];
  readonly by: DeployedBy;
}

/**
 * The steps up to the next `crosstrust confirm`; none when every trust has come to its end or waits
 * for a principal that no stack of ours makes.
 *
 * The order is the one that cannot lock anybody out: execution roles first, then the hub with the
 * deployer, then the execution roles again so that they trust the deployer alone, then the rest.
 */
export function nextSteps(model: Model): readonly DeployStep[] {
  const { bootstrap, backend } = model.settings;
  const tracked = trackTrusts(model);
  const stale = staleStacks(model, tracked);
  const deployed = (stack: string): boolean => Object.hasOwn(model.lock.stacks, stack);
  const inOrder = sortByDeployOrder(model.accounts);
  const steps: DeployStep[] = [];
  const add = (
    name: DeployStep["name"],
    by: DeployedBy,
    stacks: readonly (string | undefined)[],
  ): void => {
    const needed = stacks.filter(
      (stack): stack is string => stack !== undefined && (stale.has(stack) || !deployed(stack)),
    );
    if (needed.length > 0) steps.push({ name, by, stacks: needed });
  };

  // It has no outputs to confirm; as soon as any state was read from it, it is there.
  const isNew = Object.keys(model.lock.stacks).length === 0;
  if (backend.type === "s3" && backend.createBucket === "local" && isNew) {
    add("state bucket", "administrator", [STATE_BUCKET_STACK]);
  }
  if (bootstrap === undefined) {
    const rest = inOrder.map(({ stack }) => stack);
    add(
      rest.some((stack) => stack !== undefined && !deployed(stack)) ? "accounts" : "tighten",
      "administrator",
      rest,
    );
    return steps;
  }
  const bootstraps = inOrder.map(({ bootstrapStack }) => bootstrapStack);
  if (!deployerIsConfirmed(model, bootstrap)) {
    add("bootstrap", "administrator", bootstraps);
    steps.push({ name: "hub", by: "hub-administrator", stacks: hubStacks(bootstrap.hub) });
    return steps;
  }
  const isFirst = bootstraps.some((stack) => stack !== undefined && !deployed(stack));
  add(isFirst ? "bootstrap" : "tighten bootstrap", "administrator", bootstraps);
  // The deployer's permission to assume a new execution role is in the hub's stack: it must be there
  // before anything is deployed through that role.
  const isHubFirst = tracked.some(
    ({ role, trust, applied }) =>
      role.key === undefined &&
      trust.principalArn === bootstrap.deployerArn &&
      applied === undefined,
  );
  const { hub } = bootstrap;
  if (isHubFirst) {
    add("hub", hub.bootstrapStack === undefined ? "administrator" : "deployer", hubStacks(hub));
  }
  const rest = isHubFirst ? inOrder.filter((account) => account !== hub) : inOrder;
  const name = rest.some(({ stack }) => stack !== undefined && !deployed(stack))
    ? "accounts"
    : "tighten";
  const byDeployer = rest.filter(({ bootstrapStack }) => bootstrapStack !== undefined);
  const byAdministrator = rest.filter(({ bootstrapStack }) => bootstrapStack === undefined);
  add(
    name,
    "deployer",
    byDeployer.map(({ stack }) => stack),
  );
  add(
    name,
    "administrator",
    byAdministrator.map(({ stack }) => stack),
  );
  return steps;
}

/** Whether the hub's execution role lets the deployer in, or will once its stack is deployed. */
function deployerIsConfirmed({ lock }: Model, { hub, deployerArn }: Bootstrap): boolean {
  const entry = tryFindPrincipal(lock, deployerArn);
  return entry !== undefined && entry.absent !== true && !(entry.reopenedIn ?? []).includes(hub.id);
}

function hubStacks({ stack }: Account): readonly string[] {
  return stack === undefined ? [] : [stack];
}

/**
 * Stacks whose deployed trusts are not those that they would deploy now, and stacks of principals
 * that a trust still waits for, or that a new trust gives its other half.
 */
function staleStacks(model: Model, tracked: readonly TrackedTrust[]): ReadonlySet<string> {
  const stackOf = new Map([...model.roles, ...model.users].map(({ arn, stack }) => [arn, stack]));
  const stale = new Set<string>();
  for (const { role, trust, progress, applied } of tracked) {
    const isNew = applied === undefined;
    if (progress === "due" || isNew) stale.add(role.stack);
    const principalStack = stackOf.get(trust.principalArn);
    if ((progress === "waiting" || isNew) && principalStack !== undefined) {
      stale.add(principalStack);
    }
  }
  for (const role of model.roles) {
    const others = role.trusts.filter((trust) => !isPrincipalTrust(trust));
    if (others.some((trust) => termsDiffer(model, role, trust))) stale.add(role.stack);
  }
  for (const { key, stack } of removedTrusts(model)) {
    // The other half goes with it.
    for (const each of [stack, stackOf.get(key)]) if (each !== undefined) stale.add(each);
  }
  return stale;
}

/** Accounts with a `deploy_order` first, smallest first; the others as they stand in the file. */
function sortByDeployOrder(accounts: readonly Account[]): readonly Account[] {
  return [...accounts].sort(
    (a, b) => (a.deployOrder ?? Infinity) - (b.deployOrder ?? Infinity) || 0,
  );
}
