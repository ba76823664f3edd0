import type { Estate } from "../estate/estate";
import type { ComparedRole } from "../live/compare-roles";
import { connectBySdk, credentialsAtHand, type Connect } from "../live/credentials-at-hand";
import { LIVE_SESSION_NAME } from "../live/live-aws";
import { tryEstate, type LiveReport, type TriedAccess } from "../live/try-estate";
import type { Model } from "../model/model";
import { displayName } from "../review/display-name";
import { estateOfModel } from "./estate-of-model";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** Options of `crosstrust verify --live`. */
export interface VerifyLiveOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** `crosstrust verify --live` on the organization of this folder. */
export async function verifyLiveCommand(
  terminal: Terminal,
  options: VerifyLiveOptions,
): Promise<ExitCode> {
  const { model, warnings } = loadProject();
  printProblems(terminal, warnings);
  return verifyLive(terminal, model, options);
}

/**
 * `crosstrust verify --live`: tries with the credentials at hand what the stacks would let in, and compares
 * the trust policies that AWS has. Makes sessions, and changes nothing.
 */
export async function verifyLive(
  terminal: Terminal,
  model: Model,
  options: VerifyLiveOptions,
  connect: Connect = connectBySdk,
): Promise<ExitCode> {
  const estate = await estateOfModel(model, terminal);
  const start = await credentialsAtHand(model.accounts, model.settings.region, connect);
  terminal.note(
    `This assumes roles for real, for a quarter of an hour each, in sessions called ${LIVE_SESSION_NAME}, and reads roles. It changes nothing; CloudTrail has each call.`,
  );
  const answer = options.yes === true ? true : await terminal.confirm("Go on?");
  if (answer === undefined) {
    throw new UsageError("expected --yes, because nobody can be asked here; add it to go on");
  }
  if (!answer) {
    terminal.note("Nothing was tried.");
    return EXIT.ok;
  }
  const report = await tryEstate(estate, start, (text) => terminal.progress(text));
  terminal.progress(undefined);
  if (options.json === true) terminal.print(JSON.stringify(liveJson(report), undefined, 2));
  else printLive(terminal, model, estate, report);
  return findings(report) > 0 ? EXIT.finding : EXIT.ok;
}

function printLive(terminal: Terminal, model: Model, estate: Estate, report: LiveReport): void {
  const { colors } = terminal;
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const name = (arn: string): string => displayName(arn, names);
  terminal.print(`as ${report.callers.join(", ")}`);
  const outcome = { works: colors.green, refused: colors.red, "not tried": colors.dim };
  const tried = report.tried.map(({ access, outcome: how, because = "" }) => [
    name(access.principal),
    name(access.roleArn),
    outcome[how](how),
    because,
  ]);
  if (tried.length > 0) {
    terminal.print(formatTable(terminal, ["who", "role", "", ""], tried));
  }
  for (const each of report.roles) {
    const finding = findingOf(each);
    if (finding === undefined) continue;
    terminal.print(`${colors.red(each.outcome)}: ${name(each.role.arn)}: ${finding.found}`);
    terminal.print(indent(`do: ${finding.remedy}`));
  }
  const remedies = new Set(report.tried.filter(isRefused).map((each) => remedyOf(each, estate)));
  for (const remedy of remedies) terminal.print(`do: ${remedy}`);
  terminal.print(summaryOf(report));
}

function summaryOf({ tried, outOfReach, roles }: LiveReport): string {
  const number = (outcome: TriedAccess["outcome"]): number =>
    tried.filter((each) => each.outcome === outcome).length;
  const same = roles.filter(({ outcome }) => outcome === "same").length;
  const unread = roles.filter(({ outcome }) => outcome === "not readable").length;
  return [
    `${count(number("works"), "access works", "accesses work")}`,
    `${number("refused")} refused`,
    `${number("not tried")} not tried`,
    `${outOfReach} of others, whose credentials are not at hand`,
    `${count(same, "trust policy is", "trust policies are")} as the stacks say`,
    `${roles.length - same - unread} not`,
    `${unread} not readable`,
  ].join(", ");
}

function isRefused({ outcome }: TriedAccess): boolean {
  return outcome === "refused";
}

function remedyOf({ access }: TriedAccess, { identities }: Estate): string {
  const stack = identities.get(access.roleArn)?.origin.stack ?? "";
  const other = identities.get(access.principal)?.origin.stack ?? "";
  const stacks = [...new Set([stack, other])].filter((one) => one !== "");
  return `npx cdktf diff shows whether ${stacks.join(" and ")} are deployed as they stand; a session policy or service control policy may refuse it too`;
}

function findingOf({
  role,
  outcome,
  because = "",
}: ComparedRole): { readonly found: string; readonly remedy: string } | undefined {
  const { stack } = role.origin;
  switch (outcome) {
    case "same":
    case "not readable":
      return undefined;
    case "missing":
      return { found: "AWS has no such role", remedy: `npx cdktf deploy ${stack}` };
    case "orphaned":
      return {
        found: `its trust policy names ${because}, in place of an ARN: who that was is gone, or was made again`,
        remedy: `see whether the principal is there again; then npx crosstrust confirm, and npx cdktf deploy ${stack}`,
      };
    case "differs":
      return {
        found: `AWS has another trust policy: ${because}`,
        remedy: `npx cdktf diff ${stack} shows the difference; deploy it, or find out who changed it by hand`,
      };
  }
}

function findings({ tried, roles }: LiveReport): number {
  return tried.filter(isRefused).length + roles.filter((each) => findingOf(each)).length;
}

function liveJson({ callers, tried, outOfReach, roles }: LiveReport) {
  return {
    callers,
    accesses: tried.map(({ access: { roleArn, principal, needs }, outcome, because }) => ({
      roleArn,
      principal,
      needs,
      outcome,
      ...(because !== undefined && { because }),
    })),
    outOfReach,
    roles: roles.map(({ role: { arn, origin }, outcome, because }) => ({
      roleArn: arn,
      stack: origin.stack,
      address: origin.address,
      outcome,
      ...(because !== undefined && { because }),
    })),
  };
}
