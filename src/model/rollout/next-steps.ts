import type { Account, Model } from "../model";
import { STATE_BUCKET_STACK } from "../stack-names";
import { DeployOrder } from "./deploy-order";
import { deployerIsConfirmed } from "./stack-dependencies";
import { staleStacks } from "./stale-stacks";

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
    "state bucket" | "bootstrap" | "hub" | "tighten bootstrap" | "accounts" | "tighten" | "destroy";
  /** None waits for another one of the step; by `deploy_order`, then in file order. */
  readonly stacks: readonly string[];
  readonly by: DeployedBy;
}

/**
 * The steps up to the next `crosstrust confirm`; none when every trust has come to its end or waits
 * for a principal that no stack of ours makes.
 *
 * The order is the one that cannot lock anybody out: execution roles first, then the hub with the
 * deployer, then the execution roles again so that they trust the deployer alone, then the rest. Where
 * stacks of a step wait for others of it, it is split in two of the same name.
 */
export function nextSteps(model: Model): readonly DeployStep[] {
  const { lock, settings } = model;
  const { backend, bootstrap } = settings;
  const stale = staleStacks(model);
  const isNew = Object.keys(lock.stacks).length === 0;
  const waitsForDeployer = bootstrap !== undefined && !deployerIsConfirmed(model, bootstrap);
  return deploySteps(model, (stack) => {
    // It has no outputs to confirm; as soon as any state was read from it, it is there.
    if (stack === STATE_BUCKET_STACK) {
      return backend.type === "s3" && backend.createBucket === "local" && isNew;
    }
    if (waitsForDeployer && stack === bootstrap.hub.stack) return true;
    return stale.has(stack) || !Object.hasOwn(lock.stacks, stack);
  });
}

/** The steps that deploy the stacks that need it, as far as one gets without a confirmation. */
export function deploySteps(
  model: Model,
  needsDeploy: (stack: string) => boolean,
): readonly DeployStep[] {
  const { bootstrap } = model.settings;
  const order = new DeployOrder(model);
  const deployed = (stack: string): boolean => Object.hasOwn(model.lock.stacks, stack);
  const isNeeded = ({ stack }: Account): boolean => stack !== undefined && needsDeploy(stack);
  const steps: DeployStep[] = [];
  const add = (name: DeployStep["name"], by: DeployedBy, stacks: readonly string[]): void => {
    if (stacks.length > 0) steps.push({ name, by, stacks });
  };
  const addWaves = (
    name: DeployStep["name"],
    accounts: readonly Account[],
    deployedBy: (account: Account) => DeployedBy,
  ): void => {
    for (const wave of order.waves(accounts)) {
      for (const by of ["hub-administrator", "deployer", "administrator"] as const) {
        const ofOne = wave.filter((account) => deployedBy(account) === by);
        add(
          name,
          by,
          ofOne.flatMap(({ stack }) => stack ?? []),
        );
      }
    }
  };
  const nameOf = (accounts: readonly Account[]): DeployStep["name"] =>
    accounts.some(({ stack }) => stack !== undefined && !deployed(stack)) ? "accounts" : "tighten";

  add("state bucket", "administrator", [STATE_BUCKET_STACK].filter(needsDeploy));
  const needed = order.accounts.filter(isNeeded);
  if (bootstrap === undefined) {
    addWaves(nameOf(needed), needed, () => "administrator");
    return steps;
  }
  const { hub } = bootstrap;
  const bootstraps = order.byNumber.flatMap(({ bootstrapStack }) => bootstrapStack ?? []);
  const untilHub = order.upTo(hub).filter(isNeeded);
  if (!deployerIsConfirmed(model, bootstrap)) {
    add("bootstrap", "administrator", bootstraps.filter(needsDeploy));
    addWaves("hub", untilHub, (account) =>
      account === hub || account.bootstrapStack !== undefined
        ? "hub-administrator"
        : "administrator",
    );
    return steps;
  }
  const isFirst = bootstraps.some((stack) => !deployed(stack));
  add(isFirst ? "bootstrap" : "tighten bootstrap", "administrator", bootstraps.filter(needsDeploy));
  const deployer = ({ bootstrapStack }: Account): DeployedBy =>
    bootstrapStack === undefined ? "administrator" : "deployer";
  // The deployer's permission to assume a new execution role is in the hub's stack: it must be there
  // before anything is deployed through that role.
  const first = new Set(order.isAwaited(hub) ? untilHub : []);
  addWaves("hub", [...first], deployer);
  const rest = needed.filter((account) => !first.has(account));
  addWaves(nameOf(rest), rest, deployer);
  return steps;
}
