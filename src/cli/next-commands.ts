import type { Account, Model } from "../model/model";
import { STATE_BUCKET_STACK } from "../model/stack-names";
import { nextSteps, type DeployedBy, type DeployStep } from "../model/rollout/next-steps";
import { removedTrusts } from "../model/rollout/removed-trusts";
import { trackTrusts } from "../model/rollout/trust-progress";
import { trustedPrincipals } from "../model/rollout/trusted-principals";
import { tryPrincipalKind } from "../iam/principal-arn";
import { revokedLines } from "./revoked-lines";

/** A command to type, and by whom. */
export interface NextCommand {
  readonly command: string;
  /** A sentence's worth of who runs it and why. */
  readonly as: string;
}

/** cdktf starts all stacks at once unless told otherwise; more than this many are too much. */
const PARALLELISM = 4;

/** What to run next, exactly as it must be typed; none when every trust has come to its end. */
export function nextCommands(model: Model): readonly NextCommand[] {
  const steps = nextSteps(model);
  if (steps.length > 0) {
    return [
      ...steps.map((step) => stepCommand(model, step)),
      { command: "npx crosstrust confirm", as: "records what exists now" },
    ];
  }
  const defined = trustedPrincipals(model);
  const outside = trackTrusts(model).filter(
    ({ trust, progress }) =>
      progress === "waiting" && defined.get(trust.principalArn)?.stack === undefined,
  );
  return [
    ...[...new Set(outside.map(({ trust }) => trust.principalArn))].map((arn) => ({
      command: `npx crosstrust confirm --principal ${arn} --unique-id ${tryPrincipalKind(arn) === "user" ? "AIDA" : "AROA"}…`,
      as: "once its owner has told you its unique ID (aws iam get-role or get-user shows it)",
    })),
    ...forgottenAccounts(model),
    ...revocationCommands(model, new Date()),
  ];
}

/** What ends the sessions of revoked trusts, and what takes the seals away in the end. */
function revocationCommands(model: Model, now: Date): readonly NextCommand[] {
  const commands = new Set(revokedLines(model, now).flatMap(({ next }) => next ?? []));
  return [...commands].map((command) => ({
    command,
    as: command.endsWith("--seal")
      ? "denies the sessions that began before"
      : "takes seals away whose sessions have all ended",
  }));
}

/** Roles of accounts that accounts.json no longer has: no stack of its own can take them away. */
function forgottenAccounts(model: Model): readonly NextCommand[] {
  if (removedTrusts(model).every(({ stack }) => stack !== undefined)) return [];
  return [
    {
      command: "npx crosstrust confirm --prune",
      as: "once the stacks of accounts that accounts.json no longer has are destroyed, by the files that still have them",
    },
  ];
}

/**
 * What tells whether confirmed principals were deleted and made again behind Terraform's back: the
 * outputs in a state are those of its last apply, so they are refreshed first. None while nothing of
 * ours is confirmed.
 */
export function recheckCommands(model: Model): readonly NextCommand[] {
  const confirmed = [...trustedPrincipals(model)].filter(([arn]) =>
    Object.hasOwn(model.lock.principals, arn),
  );
  const stacks = new Set(confirmed.flatMap(([, { stack }]) => stack ?? []));
  const deployable = model.accounts.filter(({ stack }) => stack !== undefined && stacks.has(stack));
  return (["deployer", "administrator"] as const).flatMap((by): readonly NextCommand[] => {
    const refreshed = deployable
      .filter(({ bootstrapStack }) => (bootstrapStack === undefined) === (by === "administrator"))
      .flatMap(({ stack }) => stack ?? []);
    if (refreshed.length === 0) return [];
    return [
      {
        command: `npx cdktf deploy ${refreshed.join(" ")} --refresh-only --auto-approve --outputs-file refreshed.json${manyStacks(refreshed)}`,
        as: runBy(model, by, refreshed),
      },
      {
        command: "npx crosstrust confirm --outputs refreshed.json",
        as: "exits 1 and names each principal that was made again",
      },
    ];
  });
}

/** The command that makes a step. */
export function stepCommand(model: Model, step: DeployStep): NextCommand {
  const verb = step.name === "destroy" ? "destroy" : "deploy";
  return {
    command: `npx cdktf ${verb} ${stackArguments(model, step).join(" ")}${manyStacks(step.stacks)}`,
    as: runBy(model, step.by, step.stacks),
  };
}

function manyStacks(stacks: readonly string[]): string {
  return stacks.length > PARALLELISM ? ` --parallelism ${PARALLELISM} --skip-provider-lock` : "";
}

/** All bootstrap stacks go by a pattern, the others by name. */
function stackArguments(model: Model, { stacks }: DeployStep): readonly string[] {
  const bootstraps = new Set(model.accounts.flatMap(({ bootstrapStack }) => bootstrapStack ?? []));
  const isAll = stacks.length > 1 && stacks.length === bootstraps.size;
  return isAll && stacks.every((stack) => bootstraps.has(stack)) ? ["'*-bootstrap'"] : stacks;
}

function runBy(model: Model, by: DeployedBy, stacks: readonly string[]): string {
  const { bootstrap } = model.settings;
  switch (by) {
    case "administrator":
      return `as ${administrator(model, accountsOf(model, stacks))}`;
    case "hub-administrator": {
      const accessRole = bootstrap?.hubAccessRoleArn?.replace(/^.*\//, "");
      return `as an administrator of ${bootstrap?.hub.name ?? "the hub"}${accessRole === undefined ? "" : ` (${accessRole})`}`;
    }
    case "deployer":
      return `as the deployer (${bootstrap?.deployerArn ?? ""})`;
  }
}

/** Who gets into accounts before their execution roles let anyone in, and by what. */
function administrator({ accounts, settings }: Model, entered: readonly Account[]): string {
  const isByProfile = ({ profile }: Account): boolean =>
    profile !== undefined && settings.credentials === "profile";
  const byProfile = entered.some(isByProfile) ? ", with the accounts' profiles" : "";
  if (accounts.some(({ kind }) => kind === "management")) {
    return `an administrator of the management account${byProfile}`;
  }
  const accessRoles = new Set(
    entered.filter((account) => !isByProfile(account)).map(({ accessRole }) => accessRole),
  );
  return accessRoles.size === 0
    ? `an administrator${byProfile}`
    : `an administrator who may assume each account's ${[...accessRoles].join(" or ")}${byProfile}`;
}

/** The accounts that stacks stand in. */
function accountsOf({ accounts, settings }: Model, stacks: readonly string[]): readonly Account[] {
  const isDeployed = (stack: string | undefined): boolean =>
    stack !== undefined && stacks.includes(stack);
  return accounts.filter(
    (account) =>
      isDeployed(account.stack) ||
      isDeployed(account.bootstrapStack) ||
      (account === settings.bootstrap?.hub && isDeployed(STATE_BUCKET_STACK)),
  );
}
