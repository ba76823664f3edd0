import { tryParseIamArn } from "../iam/arn";
import { principalName } from "../iam/principal-name";
import type { Model } from "../model/model";
import { removedTrusts } from "../model/rollout/removed-trusts";
import { termsDiffer, trackTrust, type Progress } from "../model/rollout/trust-progress";
import { trustings, type Trusting } from "../model/rollout/trusting";
import {
  isPrincipalTrust,
  stageOf,
  type PrincipalTrust,
  type Trust,
  type TrustConditions,
} from "../trust/trust";
import { SEAL_KEY } from "../trust/seal-terms";
import { trustKey } from "../trust/trust-terms";
import { rowNames } from "./row-names";
import { commonOf, removedRow, rowsWithoutTrust, sealRows } from "./rows-without-trust";

/** One trust as `status` shows it, and as its JSON has it. */
export interface StatusRow {
  /** `account/role`; a shared resource or log bucket with its kind; of an account's own half, the account. */
  readonly trusting: string;
  readonly trustingArn: string;
  readonly stack: string;
  /** `account/principal`, or what else is trusted. */
  readonly trusts: string;
  /** Of a role or user. */
  readonly principalArn?: string;
  readonly stage: "account" | "role" | "unique-id" | "-";
  readonly state: "waiting" | "due" | "done" | "by design";
  /** Whom the policy lets in at this stage. */
  readonly letsIn: string;
}

const STATES: Readonly<Record<Progress, StatusRow["state"]>> = {
  waiting: "waiting",
  due: "due",
  done: "done",
  kept: "by design",
};

/** Every trust of roles, shared resources and logs, in the order of the model. */
export function statusRows(model: Model): readonly StatusRow[] {
  const all = trustings(model);
  const names = rowNames(model, all);
  return [
    ...all.flatMap((trusting) => [
      ...trusting.trusts.map((trust) => statusRow(model, names, trusting, trust)),
      ...rowsWithoutTrust(model, names, trusting),
      ...sealRows(model, trusting),
    ]),
    ...removedTrusts(model, all)
      .filter(({ key }) => key !== SEAL_KEY)
      .map((removed) => removedRow(removed, names)),
  ];
}

/** Whether something is left to do for a trust. */
export function isOpen({ state }: StatusRow): boolean {
  return state === "waiting" || state === "due";
}

function statusRow(
  model: Model,
  names: ReadonlyMap<string, string>,
  trusting: Trusting,
  trust: Trust,
): StatusRow {
  const common = commonOf(trusting);
  if (!isPrincipalTrust(trust)) {
    const state = termsDiffer(model, trusting, trustKey(trust)) ? "due" : "by design";
    return { ...common, ...describeUnstaged(trust, names), stage: "-", state };
  }
  const { progress } = trackTrust(model, trusting, trust);
  const stage = stageOf(trust);
  return {
    ...common,
    trusts: principalName(
      names.get(trust.accountId) ?? trust.accountId,
      trust.kind,
      shortName(trust.principalArn),
    ),
    principalArn: trust.principalArn,
    stage: stage === "role" && trust.tighten === "unique-id" ? "unique-id" : stage,
    state: STATES[progress],
    letsIn: withConditions(lettingIn(trusting, trust, names), trust),
  };
}

function lettingIn(
  { kind }: Trusting,
  trust: PrincipalTrust,
  names: ReadonlyMap<string, string>,
): string {
  if (stageOf(trust) === "role") return `only this ${trust.kind}`;
  // Its permission takes no free condition to guard it by.
  if (kind === "lambda-function") return "nobody yet";
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
        trusts: principalName(account, "group", trust.groupName),
        letsIn: withConditions(`users of ${account} whom its policies allow`, trust),
      };
    }
    case "permission-set": {
      const account = names.get(trust.accountId) ?? trust.accountId;
      const who = `whoever has the permission set in ${account}`;
      return {
        trusts: principalName(account, "permission set", trust.permissionSet),
        letsIn: withConditions(who, trust),
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

function withConditions(who: string, trust: TrustConditions): string {
  const { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce, conditions } = trust;
  return [
    who,
    ...(trust.mfa ? ["with MFA"] : []),
    ...(trust.externalId !== undefined ? ["with the external ID"] : []),
    ...(sourceIdentity !== undefined
      ? [`with source identity ${sourceIdentity.join(" or ")}`]
      : []),
    ...(sessionTags !== undefined
      ? [`with session tags ${Object.keys(sessionTags).join(", ")}`]
      : []),
    ...(sessionName !== undefined ? [`in sessions called ${sessionName.join(" or ")}`] : []),
    ...(sourceIp !== undefined ? [`from ${sourceIp.join(" or ")}`] : []),
    ...(sourceVpce !== undefined ? [`through ${sourceVpce.join(" or ")}`] : []),
    ...(conditions !== undefined ? ["with conditions of its own"] : []),
    ...(trust.expires !== undefined ? [`until ${trust.expires}`] : []),
  ].join(", ");
}

function shortName(arn: string): string {
  return tryParseIamArn(arn)?.name ?? arn;
}
