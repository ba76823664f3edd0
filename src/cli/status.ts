import { tryParseIamArn } from "../iam/arn";
import type { Model, Role } from "../model/model";
import { trackTrust, type Progress } from "../model/trust-progress";
import { isPrincipalTrust, stageOf, type PrincipalTrust, type Trust } from "../trust/trust";
import { printProblems } from "./check";
import { EXIT, type ExitCode } from "./exit-code";
import { nextCommands, type NextCommand } from "./next-commands";
import { loadProject } from "./project";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** One trust as `status` shows it. */
interface StatusRow {
  /** `account/role`. */
  readonly role: string;
  readonly roleArn: string;
  readonly stack: string;
  /** `account/principal`, or what else is trusted. */
  readonly trusts: string;
  /** Of a role or user. */
  readonly principalArn?: string;
  readonly stage: "account" | "role" | "unique-id" | "-";
  readonly state: "waiting" | "due" | "done" | "by design";
  /** Whom the trust policy lets in at this stage. */
  readonly letsIn: string;
}

/** Up to so many trusts are all listed; beyond, those that are done are only counted. */
const LIST_ALL = 40;

/** `crosstrust status`: how far each trust is, and what to run next. */
export function status(
  terminal: Terminal,
  options: { readonly json?: boolean; readonly failOnOpen?: boolean },
): ExitCode {
  const { model, warnings } = loadProject();
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const rows = model.roles.flatMap((role) =>
    role.trusts.map((trust) => statusRow(model, names, role, trust)),
  );
  const open = rows.filter(isOpen);
  const next = nextCommands(model);
  if (options.json === true) {
    terminal.print(JSON.stringify({ trusts: rows, next, warnings }, undefined, 2));
  } else {
    printProblems(terminal, warnings);
    printRows(terminal, rows);
    printNext(terminal, next);
  }
  return options.failOnOpen === true && open.length > 0 ? EXIT.finding : EXIT.ok;
}

function isOpen({ state }: StatusRow): boolean {
  return state === "waiting" || state === "due";
}

function statusRow(
  model: Model,
  names: ReadonlyMap<string, string>,
  role: Role,
  trust: Trust,
): StatusRow {
  const common = {
    role: `${role.account.name}/${role.name}`,
    roleArn: role.arn,
    stack: role.stack,
  };
  if (!isPrincipalTrust(trust)) {
    return { ...common, ...describeUnstaged(trust, names), stage: "-", state: "by design" };
  }
  const { progress } = trackTrust(model, role, trust);
  return {
    ...common,
    trusts: principalName(trust, names),
    principalArn: trust.principalArn,
    stage:
      stageOf(trust) === "role" && trust.tighten === "unique-id" ? "unique-id" : stageOf(trust),
    state: STATES[progress],
    letsIn: withConditions(lettingIn(trust, names), trust),
  };
}

const STATES: Readonly<Record<Progress, StatusRow["state"]>> = {
  waiting: "waiting",
  due: "due",
  done: "done",
  kept: "by design",
};

function principalName(trust: PrincipalTrust, names: ReadonlyMap<string, string>): string {
  const kind = trust.kind === "user" ? "user " : "";
  return `${names.get(trust.accountId) ?? trust.accountId}/${kind}${shortName(trust.principalArn)}`;
}

function lettingIn(trust: PrincipalTrust, names: ReadonlyMap<string, string>): string {
  if (stageOf(trust) === "role") return `only this ${trust.kind}`;
  if (trust.guard.length === 0) {
    return `all of account ${names.get(trust.accountId) ?? trust.accountId}`;
  }
  const others = trust.guard.filter((arn) => arn !== trust.principalArn).map(shortName);
  return others.length === 0
    ? `the ${trust.kind} of that name`
    : `the ${trust.kind} of that name, ${others.join(", ")}`;
}

function describeUnstaged(
  trust: Exclude<Trust, PrincipalTrust>,
  names: ReadonlyMap<string, string>,
): Pick<StatusRow, "trusts" | "letsIn"> {
  switch (trust.kind) {
    case "group": {
      const account = names.get(trust.accountId) ?? trust.accountId;
      return {
        trusts: `${account}/group ${trust.groupName}`,
        letsIn: withConditions(`users of ${account} whom its policies allow`, trust),
      };
    }
    case "account": {
      const account = names.get(trust.accountId) ?? trust.accountId;
      return { trusts: account, letsIn: withConditions(`all of account ${account}`, trust) };
    }
    case "service":
      return { trusts: trust.service, letsIn: "the service" };
    case "oidc":
      return {
        trusts: trust.issuer.replace(/^https:\/\//, ""),
        letsIn: trust.subjects.join(", "),
      };
  }
}

function withConditions(
  who: string,
  trust: { readonly mfa: boolean; readonly externalId?: string },
): string {
  return [
    who,
    ...(trust.mfa ? ["with MFA"] : []),
    ...(trust.externalId !== undefined ? ["with the external ID"] : []),
  ].join(", ");
}

function shortName(arn: string): string {
  return tryParseIamArn(arn)?.name ?? arn;
}

function printRows(terminal: Terminal, rows: readonly StatusRow[]): void {
  const shown = rows.length <= LIST_ALL ? rows : rows.filter(isOpen);
  const { colors } = terminal;
  const paint = { waiting: colors.yellow, due: colors.yellow, done: colors.green } as const;
  if (shown.length > 0) {
    terminal.print(
      formatTable(
        terminal,
        ["role", "trusts", "stage", "state", "lets in"],
        shown.map(({ role, trusts, stage, state, letsIn }) => [
          role,
          trusts,
          stage,
          state === "by design" ? state : paint[state](state),
          letsIn,
        ]),
      ),
    );
    terminal.print("");
  }
  const states = ["waiting", "due", "done", "by design"] as const;
  const counts = states.map((state) => {
    const number = rows.filter((row) => row.state === state).length;
    return `${number.toLocaleString("en-US")} ${state}`;
  });
  terminal.print(`${count(rows.length, "trust")}: ${counts.join(", ")}`);
}

function printNext(terminal: Terminal, next: readonly NextCommand[]): void {
  if (next.length === 0) {
    terminal.print("Nothing is left to do: every trust has come to its end.");
    return;
  }
  terminal.print("Next:");
  for (const { command, as } of next) {
    terminal.print(indent(`${terminal.colors.dim(`# ${as}`)}\n${terminal.colors.bold(command)}`));
  }
}
