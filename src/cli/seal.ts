import { accessOf } from "../estate/access";
import type { Estate } from "../estate/estate";
import { Reach } from "../estate/reach";
import type { Model, Role } from "../model/model";
import { rolesToSeal } from "../model/rollout/revocations";
import { recordSeals } from "../model/rollout/seals";
import { modelWithLock } from "../model/rollout/with-lock";
import { displayName } from "../review/display-name";
import { tryFindSeal } from "../trust/lock";
import { updateLock } from "../trust/lock-file";
import { estateOfModel } from "./estate-of-model";
import { EXIT, type ExitCode } from "./exit-code";
import { nextCommands } from "./next-commands";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { agree, printUnchanged, type RevokeOptions } from "./revoke";
import { requireSealed } from "./require-sealed";
import { sealableRevocations } from "./sealable-revocations";
import { count, formatTable, type Terminal } from "./terminal";

/** A role whose older sessions are to be denied. */
interface SealedRole {
  readonly role: Role;
  /** ARNs and so on of everybody who can come to be in the role. */
  readonly who: readonly string[];
}

/** `crosstrust revoke ROLE --seal`: denies the sessions of a revoked role that were issued until now. */
export async function seal(
  terminal: Terminal,
  name: string,
  options: RevokeOptions,
): Promise<ExitCode> {
  const { model, lockFile, warnings } = loadProject();
  printProblems(terminal, warnings);
  const revocations = sealableRevocations(model, name);
  const now = new Date();
  const roles = rolesToSeal(model, revocations);
  const after = modelWithLock(model, recordSeals(model, revocations, roles, now));
  const estate = await estateOfModel(after, terminal);
  requireSealed(estate, roles, now);
  const sealed = whoIsIn(estate, roles);
  if (options.json !== true) print(terminal, model, sealed);
  const isAgreed = await agree(terminal, options, "Deny these sessions?");
  if (isAgreed) {
    updateLock(lockFile, (lock) => recordSeals({ ...model, lock }, revocations, roles, now));
  }
  const changed = isAgreed ? loadProject().model : after;
  if (options.json === true) printJson(terminal, changed, sealed, isAgreed);
  else if (isAgreed) printSealed(terminal, changed, name, roles);
  else printUnchanged(terminal, after, options);
  return EXIT.ok;
}

function whoIsIn(estate: Estate, roles: readonly Role[]): readonly SealedRole[] {
  const reach = new Reach(accessOf(estate, { unlisted: "do not exist" }));
  return roles.map((role) => ({
    role,
    who: reach.chainsTo(role.arn).map(({ principal }) => principal),
  }));
}

function print(terminal: Terminal, model: Model, sealed: readonly SealedRole[]): void {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  if (sealed.length === 0) {
    terminal.print("No role of ours is left to be sealed.");
    return;
  }
  terminal.print("This denies everything to sessions that were issued until now:");
  const rows = sealed.map(({ role, who }) => [
    displayName(role.arn, names),
    role.stack,
    who.length === 0 ? "nobody" : who.map((arn) => displayName(arn, names)).join(", "),
  ]);
  terminal.print(
    formatTable(terminal, ["role", "stack", "whose other sessions end too"], rows, "  "),
  );
  const deployer = model.settings.bootstrap?.deployerArn;
  const isBootstrap = ({ arn, stack, account }: Role): boolean =>
    arn === deployer || stack === account.bootstrapStack;
  if (sealed.some(({ role }) => isBootstrap(role))) {
    terminal.print(
      "Among them are roles that deploy: deploys that run end with an error. Deploy these stacks with a session that begins later.",
    );
  }
}

function printSealed(terminal: Terminal, model: Model, name: string, roles: readonly Role[]): void {
  terminal.print(`sealed ${count(roles.length, "role")}; AWS follows with the next deploy`);
  printNext(terminal, model);
  const isLast = sealableRevocations(model, name, "whatever is deployed").every(
    ({ sealsLeft }) => sealsLeft === 0,
  );
  terminal.print(
    isLast
      ? "AWS needs some minutes to deny everywhere. status says when the seal may go."
      : `Then once more: npx crosstrust revoke ${name} --seal, for sessions that begin in the reached roles until this deploy.`,
  );
}

function printJson(
  terminal: Terminal,
  model: Model,
  sealed: readonly SealedRole[],
  changed: boolean,
): void {
  const data = {
    changed,
    sealed: sealed.map(({ role, who }) => ({
      roleArn: role.arn,
      stack: role.stack,
      ...tryFindSeal(model.lock, role.arn),
      endsToo: who,
    })),
    next: nextCommands(model),
  };
  terminal.print(JSON.stringify(data, undefined, 2));
}
