import { tryParseIamArn } from "../iam/arn";
import type { Model, Role } from "../model/model";
import { removedTrusts, type RemovedTrust } from "../model/rollout/removed-trusts";
import { termsDiffer, trackTrust, type Progress } from "../model/rollout/trust-progress";
import { isPrincipalTrust, stageOf, type PrincipalTrust, type Trust } from "../trust/trust";

/** One trust as `status` shows it, and as its JSON has it. */
export interface StatusRow {
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

const STATES: Readonly<Record<Progress, StatusRow["state"]>> = {
  waiting: "waiting",
  due: "due",
  done: "done",
  kept: "by design",
};

/** Every trust of every role, in the order of the model. */
export function statusRows(model: Model): readonly StatusRow[] {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  return [
    ...model.roles.flatMap((role) =>
      role.trusts.map((trust) => statusRow(model, names, role, trust)),
    ),
    ...removedTrusts(model).map((removed) => removedRow(removed, names)),
  ];
}

/** Whether something is left to do for a trust. */
export function isOpen({ state }: StatusRow): boolean {
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
    const state = termsDiffer(model, role, trust) ? "due" : "by design";
    return { ...common, ...describeUnstaged(trust, names), stage: "-", state };
  }
  const { progress } = trackTrust(model, role, trust);
  const stage = stageOf(trust);
  return {
    ...common,
    trusts: principalName(trust, names),
    principalArn: trust.principalArn,
    stage: stage === "role" && trust.tighten === "unique-id" ? "unique-id" : stage,
    state: STATES[progress],
    letsIn: withConditions(lettingIn(trust, names), trust),
  };
}

/** What accounts.json no longer has lets in until its stack is deployed, or destroyed. */
function removedRow(
  { roleArn, key, stack }: RemovedTrust,
  names: ReadonlyMap<string, string>,
): StatusRow {
  return {
    role: namedArn(roleArn, names),
    roleArn,
    stack: stack ?? "",
    trusts: namedArn(key, names),
    stage: "-",
    state: "due",
    letsIn: "removed here, still deployed",
  };
}

function namedArn(text: string, names: ReadonlyMap<string, string>): string {
  const arn = tryParseIamArn(text);
  return arn === undefined ? text : `${names.get(arn.accountId) ?? arn.accountId}/${arn.name}`;
}

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
  return [`the ${trust.kind} of that name`, ...others].join(", ");
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
