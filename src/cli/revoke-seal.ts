import { accessOf } from "../estate/access";
import type { Estate } from "../estate/estate";
import { evaluateAccess } from "../iam/evaluation/evaluate-access";
import { REVOKE_OLDER_SESSIONS } from "../iam/revoke-older-sessions";
import type { Model, Role } from "../model/model";
import { removedTrusts } from "../model/rollout/removed-trusts";
import { dropSeals, hasEnded, recordSeals, rolesToSeal } from "../model/rollout/revocations";
import { modelWithLock } from "../model/rollout/with-lock";
import { callerOf } from "../estate/caller-of";
import { updateLock } from "../trust/lock-file";
import { displayName } from "../review/display-name";
import { printProblems } from "./check";
import { estateOfModel } from "./estate-of-model";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { printNext } from "./print-next";
import { loadProject } from "./project";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** Options of `crosstrust revoke ROLE --seal`. */
export interface SealOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `crosstrust revoke ROLE --seal`: denies the sessions of a revoked role that were issued until now. */
export async function seal(
  terminal: Terminal,
  roleKey: string,
  options: SealOptions,
): Promise<ExitCode> {
  const { model, lockFile, warnings } = loadProject();
  printProblems(terminal, warnings);
  const revoked = model.roles.filter(
    ({ key, arn }) => key === roleKey && model.lock.revoked?.[arn] !== undefined,
  );
  if (revoked.length === 0) {
    throw new UsageError(
      `expected a role whose trust was revoked, found ${roleKey}; run npx crosstrust revoke ${roleKey} first`,
    );
  }
  const arns = new Set(revoked.map(({ arn }) => arn));
  const deployed = removedTrusts(model).filter(({ trustingArn }) => arns.has(trustingArn));
  if (deployed.length > 0) {
    const stacks = [...new Set(deployed.flatMap(({ stack }) => stack ?? []))];
    throw new UsageError(
      `expected the revoked trust to be gone from AWS, found that ${stacks.join(", ")} has it still: new sessions would begin after the seal; deploy ${stacks.join(" ")}, run npx crosstrust confirm, and this again`,
    );
  }
  const now = new Date();
  const roles = rolesToSeal(model, [...arns]);
  const sealedModel = modelWithLock(model, recordSeals(model.lock, roles, now));
  const estate = await estateOfModel(sealedModel, terminal);
  const unsealed = roles.filter((role) => !isSealed(estate, role, now));
  if (unsealed.length > 0) {
    throw new Error(`not denied by the seal: ${unsealed.map(({ arn }) => arn).join(", ")}`);
  }
  print(terminal, model, roles, estate);
  const answer =
    options.dryRun === true
      ? false
      : options.yes === true || (await terminal.confirm("Deny these sessions?"));
  if (answer === undefined) {
    throw new UsageError("expected --yes, because nobody can be asked here; add it to go on");
  }
  if (!answer) {
    terminal.print(options.dryRun === true ? "Nothing was changed: --dry-run." : "Left as it is.");
    return EXIT.ok;
  }
  updateLock(lockFile, (lock) => recordSeals(lock, roles, now));
  terminal.print(`sealed ${count(roles.length, "role")}; AWS follows with the next deploy`);
  printNext(terminal, loadProject().model);
  terminal.print("AWS needs some minutes to deny everywhere. status says when the seal may go.");
  return EXIT.ok;
}

/** `crosstrust revoke --drop`: takes seals away whose sessions have all ended. */
export function drop(terminal: Terminal, options: { readonly dryRun?: boolean }): ExitCode {
  const { model, lockFile, warnings } = loadProject();
  printProblems(terminal, warnings);
  const now = new Date();
  const seals = Object.entries(model.lock.sealed ?? {});
  const ended = seals.filter(([, each]) => hasEnded(each, now));
  for (const [arn, { until }] of seals) {
    if (!hasEnded({ before: "", until }, now)) terminal.print(`${arn} stays sealed until ${until}`);
  }
  if (ended.length === 0) {
    terminal.print("No seal may go yet.");
    return EXIT.ok;
  }
  for (const [arn] of ended) terminal.print(`${arn}: every session that was denied has ended`);
  if (options.dryRun === true) {
    terminal.print("Nothing was changed: --dry-run.");
    return EXIT.ok;
  }
  updateLock(lockFile, (lock) => dropSeals(lock, now));
  terminal.print(`dropped ${count(ended.length, "seal")}`);
  printNext(terminal, loadProject().model);
  return EXIT.ok;
}

/** Asked of the evaluator: an older session may do nothing, by our policy. */
function isSealed(estate: Estate, { arn, account }: Role, now: Date): boolean {
  const identity = estate.identities.get(arn);
  if (identity === undefined) return false;
  const earlier = new Date(now.getTime() - 60_000).toISOString();
  const { result, decidedBy } = evaluateAccess({
    caller: callerOf(identity),
    action: "s3:GetObject",
    resource: { arn: "arn:aws:s3:::any/object", accountId: account.id },
    context: { keys: { "aws:TokenIssueTime": earlier } },
  });
  return result === "denied" && decidedBy.some(({ policy }) => policy === REVOKE_OLDER_SESSIONS);
}

function print(terminal: Terminal, model: Model, roles: readonly Role[], estate: Estate): void {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const accesses = accessOf(estate, { unlisted: "do not exist" });
  terminal.print("This denies everything to sessions that were issued until now:");
  const rows = roles.map((role) => [
    displayName(role.arn, names),
    role.stack,
    accesses
      .filter(({ roleArn }) => roleArn === role.arn)
      .map(({ principal }) => displayName(principal, names))
      .join(", "),
  ]);
  terminal.print(
    indent(formatTable(terminal, ["role", "stack", "whose other sessions end too"], rows)),
  );
  const isDeployer = roles.some(
    ({ key, arn }) => key === undefined || arn === model.settings.bootstrap?.deployerArn,
  );
  if (isDeployer) {
    terminal.print(
      "Among them are roles that deploy: deploys that run end with an error. Deploy these stacks with a session that begins later.",
    );
  }
}
