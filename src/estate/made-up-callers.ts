import { tryParseIamArn } from "../iam/arn";
import type { Caller } from "../iam/evaluation/request";
import { asArray, policyDocument } from "../iam/policy-document";
import type { AdmittingStatement } from "./admitting-statement";
import type { Candidate } from "./candidate";
import type { Question } from "./question";

/** The policies of a principal that is not in the estate. */
export type OutsidePolicies = Pick<
  Caller,
  "identityPolicies" | "permissionsBoundary" | "serviceControlPolicies"
>;

/** In an account outside the estate the other half is its owner's: taken as given. */
export const MAY_ANYTHING: OutsidePolicies = {
  identityPolicies: [
    {
      name: "its owner's",
      document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
    },
  ],
};

/** In an account of the estate the policies of those whom no stack makes are not known. */
export const UNREAD: OutsidePolicies = {
  identityPolicies: [{ name: "outside of the stacks" }],
  permissionsBoundary: "unknown",
};

/**
 * A known principal as it may call: by any session and, for a role, by the sessions that the statement
 * asks for, whose names are of the caller's choice.
 */
export function inSessions(caller: Caller, admitting?: AdmittingStatement): readonly Caller[] {
  if (caller.kind !== "role" || admitting === undefined) return [caller];
  const names = [
    ...sessionPrincipals(admitting),
    ...userIdsOf(admitting).map(({ session }) => session),
  ];
  return [
    caller,
    ...names.flatMap((sessionName) =>
      sessionName === undefined ? [] : [{ ...caller, sessionName }],
    ),
  ];
}

/** A principal whose unique ID is not known: it may have any of those that the statement asks for. */
export function withUniqueIds(caller: Caller, admitting: AdmittingStatement): readonly Caller[] {
  const ids = userIdsOf(admitting).map(({ uniqueId }) => uniqueId);
  return (ids.length === 0 ? [undefined] : ids).flatMap((uniqueId) =>
    inSessions({ ...caller, uniqueId }, admitting),
  );
}

/** Some user and some role of an account, and some that the statement asks for. */
export function anyoneOf(
  account: OutsidePolicies & { readonly accountId: string },
  admitting: AdmittingStatement,
  partition: string,
): readonly Caller[] {
  const prefix = `arn:${partition}:iam::${account.accountId}:`;
  const asked = admitting.conditions
    .filter(({ lowerCaseKey }) => lowerCaseKey === "aws:principalarn")
    .flatMap(({ values }) => values)
    .map((value) => prefix + fill(value.split(":").slice(5).join(":")));
  const arns = [...asked, `${prefix}user/anyone`, `${prefix}role/anyone`];
  return [...new Set(arns)].flatMap((arn) => {
    const kind = tryParseIamArn(arn)?.type;
    return kind === "role" || kind === "user"
      ? withUniqueIds({ ...account, kind, arn }, admitting)
      : [];
  });
}

/** An account that stands for all others: AWS gives no account this ID. */
export const NO_ACCOUNT = "000000000000";

/** Whom `*` means besides roles and users: identity providers only where a role is to be assumed. */
export function everyoneElse({ kind }: Question): typeof EVERYONE_ELSE {
  return kind === "assume"
    ? EVERYONE_ELSE
    : EVERYONE_ELSE.filter(({ caller }) => caller.kind !== "federated");
}

const EVERYONE_ELSE: readonly {
  readonly caller: Caller;
  readonly operation?: Candidate["operation"];
}[] = [
  { caller: { kind: "service", arn: "*", identityPolicies: [] } },
  {
    caller: { kind: "federated", arn: "*", identityPolicies: [] },
    operation: "sts:AssumeRoleWithWebIdentity",
  },
  {
    caller: { kind: "federated", arn: "*", identityPolicies: [] },
    operation: "sts:AssumeRoleWithSAML",
  },
];

/** The names of the role sessions that a statement names as principals. */
function sessionPrincipals({ statement: { Principal } }: AdmittingStatement): readonly string[] {
  if (Principal === undefined || Principal === "*") return [];
  return asArray<string>(Principal.AWS).flatMap((name) => {
    const arn = tryParseIamArn(name);
    return arn?.type === "assumed-role" ? [arn.name] : [];
  });
}

interface UserId {
  readonly uniqueId: string;
  readonly session?: string;
}

/** What `aws:userid` asks for: `AROA…:session`, `AIDA…`. */
function userIdsOf({ conditions }: AdmittingStatement): readonly UserId[] {
  return conditions
    .filter(({ lowerCaseKey }) => lowerCaseKey === "aws:userid")
    .flatMap(({ values }) => values)
    .map((value) => {
      const [uniqueId, ...session] = value.split(":");
      return session.length === 0 || session[0] === "*"
        ? { uniqueId: fill(uniqueId) }
        : { uniqueId: fill(uniqueId), session: fill(session.join(":")) };
    });
}

/** A text that a pattern matches. */
function fill(pattern: string): string {
  return pattern.replace(/[*?]/g, "x");
}
