import { readFileSync } from "node:fs";
import writeFileAtomic from "write-file-atomic";
import { accessOf, type Access } from "../estate/access";
import type { Estate } from "../estate/estate";
import { Reach } from "../estate/reach";
import { takeOutTrusts } from "../model/file/take-out-trusts";
import type { Model, Role } from "../model/model";
import { recordRevocation } from "../model/rollout/revocations";
import { updateLock } from "../trust/lock-file";
import { trustKey } from "../trust/trust-terms";
import { displayName } from "../review/display-name";
import { printProblems } from "./check";
import { estateOfModel } from "./estate-of-model";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { nextCommands } from "./next-commands";
import { printNext } from "./print-next";
import { loadProject, readProject, type Project } from "./project";
import { ProblemsError } from "../source/problem";
import { revokedTrusts, type RevokedTrusts } from "./revoked-trusts";
import { count, indent, type Terminal } from "./terminal";

/** Options of `crosstrust revoke ROLE`. */
export interface RevokeOptions {
  readonly principal?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What a revocation comes to, judged before anything is written. */
interface Judged {
  /** Accesses that end with it. */
  readonly ended: readonly Access[];
  /** Ways by which those who are revoked still come to be the role. */
  readonly left: readonly string[];
  /** By the role's ARN: ours that can be reached from it, by whatever chain. */
  readonly reaches: ReadonlyMap<string, readonly string[]>;
}

/** `crosstrust revoke ROLE`: takes trusts out of accounts.json, and says what is left to do. */
export async function revoke(
  terminal: Terminal,
  roleKey: string,
  options: RevokeOptions,
): Promise<ExitCode> {
  const project = loadProject();
  printProblems(terminal, project.warnings);
  const revoked = revokedTrusts(project.model, roleKey, options.principal);
  const judged = await judge(terminal, project.model, revoked);
  if (options.json !== true) print(terminal, project.model, revoked, judged);
  const isDry = options.dryRun === true;
  const answer = isDry ? false : options.yes === true || (await terminal.confirm("Revoke?"));
  if (answer === undefined) {
    throw new UsageError("expected --yes, because nobody can be asked here; add it to go on");
  }
  if (answer) write(project, revoked, judged);
  const model = answer ? loadProject().model : project.model;
  if (options.json === true) printJson(terminal, model, revoked, judged, answer);
  else if (answer) {
    terminal.print(`took ${count(revoked.positions.length, "trust")} out of ${revoked.file}`);
    printNext(terminal, model);
    terminal.print(`Then: npx crosstrust revoke ${roleKey} --seal`);
  } else terminal.print(isDry ? "Nothing was changed: --dry-run." : "Left as it is.");
  return judged.left.length > 0 ? EXIT.finding : EXIT.ok;
}

async function judge(terminal: Terminal, model: Model, revoked: RevokedTrusts): Promise<Judged> {
  const before = await estateOfModel(model, terminal);
  const after = await estateOfModel(without(model, revoked), terminal);
  const accesses = accessOf(before, { unlisted: "do not exist" });
  const accessesAfter = accessOf(after, { unlisted: "do not exist" });
  const arns = new Set(revoked.roles.map(({ arn }) => arn));
  const stays = new Set(accessesAfter.map(keyOf));
  const ended = accesses.filter((each) => arns.has(each.roleArn) && !stays.has(keyOf(each)));
  const reachAfter = new Reach(accessesAfter);
  const left = ended.flatMap(({ principal, roleArn }) =>
    reachAfter
      .chainsTo(roleArn)
      .filter((chain) => chain.principal === principal)
      .map(({ steps }) => [principal, ...steps.map((step) => step.roleArn)].join(" -> ")),
  );
  const reach = new Reach(accesses);
  const reaches = new Map([...arns].map((arn) => [arn, definedRoles(before, reach, arn)] as const));
  return { ended, left, reaches };
}

function definedRoles({ identities }: Estate, reach: Reach, arn: string): readonly string[] {
  return reach
    .chainsFrom(arn)
    .map(({ steps }) => steps.at(-1)?.roleArn ?? "")
    .filter((role) => identities.get(role)?.defined === true)
    .sort();
}

/** The model as it is once the trusts are gone; permissions that go with them are left. */
function without(model: Model, { roles, positions }: RevokedTrusts): Model {
  const changed = new Set(roles);
  return {
    ...model,
    roles: model.roles.map((role): Role => {
      if (!changed.has(role)) return role;
      const kept = role.trusts.filter(
        (_, index) => !positions.includes(role.trustPositions[index]),
      );
      return { ...role, trusts: kept };
    }),
  };
}

/** Writes the accounts file, then the lock; the file is as it was where the change makes an error of it. */
function write(project: Project, revoked: RevokedTrusts, judged: Judged): void {
  const { file, path, positions } = revoked;
  const text = readFileSync(file, "utf8");
  writeFileAtomic.sync(file, takeOutTrusts(file, text, path, positions));
  const { problems } = readProject();
  if (problems.some(({ severity }) => severity === "error")) {
    writeFileAtomic.sync(file, text);
    throw new ProblemsError(problems);
  }
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  updateLock(project.lockFile, (lock) =>
    revoked.roles.reduce((changed, role) => {
      const principals = role.trusts
        .filter((_, index) => positions.includes(role.trustPositions[index]))
        .map(trustKey);
      const reaches = judged.reaches.get(role.arn) ?? [];
      return recordRevocation(changed, role.arn, { principals, at, reaches });
    }, lock),
  );
}

function print(
  terminal: Terminal,
  model: Model,
  { file, names, roles }: RevokedTrusts,
  { ended, left, reaches }: Judged,
): void {
  const accounts = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const name = (arn: string): string => displayName(arn, accounts);
  terminal.print(`This takes out of ${file}: trust in ${names.join(", ")}`);
  terminal.print(
    `In ${count(roles.length, "account")}: ${roles.map(({ account }) => account.name).join(", ")}`,
  );
  terminal.print("Once it is deployed, no new session begins for:");
  const lines = ended.map(({ principal, roleArn }) => `${name(principal)} in ${name(roleArn)}`);
  for (const line of lines.length === 0 ? ["nobody whom the stacks know"] : lines) {
    terminal.print(indent(line));
  }
  if (left.length > 0) {
    terminal.print(terminal.colors.red("They still come to be the role another way:"));
    for (const way of left) {
      terminal.print(indent(way.split(" -> ").map(name).join(" -> ")));
    }
  }
  const reached = [...new Set([...reaches.values()].flat())];
  terminal.print(
    `Sessions that run by then go on until --seal denies them${
      reached.length === 0
        ? ""
        : `, also those in roles that can be assumed from there: ${reached.map(name).join(", ")}`
    }.`,
  );
}

function printJson(
  terminal: Terminal,
  model: Model,
  { file, names, positions, roles }: RevokedTrusts,
  { ended, left, reaches }: Judged,
  changed: boolean,
): void {
  const data = {
    changed,
    file,
    trusts: positions.map((position, index) => ({ position, names: names[index] })),
    roles: roles.map(({ arn }) => ({ roleArn: arn, reaches: reaches.get(arn) ?? [] })),
    ended: ended.map(({ roleArn, principal }) => ({ roleArn, principal })),
    left,
    next: changed ? nextCommands(model) : [],
  };
  terminal.print(JSON.stringify(data, undefined, 2));
}

function keyOf({ roleArn, principal }: Access): string {
  return `${roleArn} ${principal}`;
}
