import type { Estate, Identity } from "../../estate/estate";
import { NO_ACCOUNT } from "../../estate/made-up-callers";
import { Permissions } from "../../estate/permission-index";
import { PrincipalIndex } from "../../estate/principal-index";
import { partitionOf, type Question } from "../../estate/question";
import { tryParseIamArn } from "../../iam/arn";
import { compilePolicy } from "../../iam/evaluation/compiled-policy";
import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import type { Statement } from "../../iam/policy-document";
import { displayName } from "../display-name";
import { namedPrincipals, type NamedPrincipals } from "./named-principals";
import { suspectKey, type Suspect } from "./suspect";
import { inAccounts } from "./pattern-in-accounts";
import { filled } from "../filled-pattern";
import { withUserIds } from "./with-user-ids";

/** Finds whom policies may treat differently on two estates. */
export class Suspects {
  private readonly sides: readonly { principals: PrincipalIndex; permissions: Permissions }[];

  constructor(
    estates: readonly Estate[],
    private readonly accounts: ReadonlyMap<string, string>,
  ) {
    this.sides = estates.map((estate) => ({
      principals: new PrincipalIndex(estate),
      permissions: new Permissions([...estate.identities.values()]),
    }));
  }

  /**
   * Everyone whom the statements may let in or keep out: those whom they name, those whom a permission
   * leads there, and for each account, and for everyone, one user and one role that stand for all others.
   * Root users come last, since they are told of only where they differ from these; they assume no roles.
   */
  of(statements: readonly Statement[], question: Question): readonly Suspect[] {
    const named = namedPrincipals(statements);
    const found = new Map<string, Suspect>();
    for (const suspect of [
      ...[...named.arns]
        .flatMap((arn) => inAccounts(arn, named, question))
        .flatMap((arn) => this.named(arn, named, question)),
      ...[...named.uniqueIds].flatMap((id) => this.byUniqueId(id, question)),
      ...[...named.accounts].flatMap((id) => this.ofAccount(id, named, question)),
      ...(named.everyone ? this.everyone(named, question) : []),
      ...[...named.services].map((name) => this.outsider("service", name)),
      ...[...named.federated].map((name) => this.outsider("federated", name)),
    ]) {
      const key = suspectKey(suspect);
      if (!found.has(key)) found.set(key, suspect);
    }
    const all = [...found.values()];
    const isRoot = ({ kind }: Suspect): boolean => kind === "root";
    return [...all.filter((one) => !isRoot(one)), ...all.filter(isRoot)];
  }

  /** A role or user of one of the estates, with each unique ID that it may have. */
  identity(identity: Identity, named?: NamedPrincipals): readonly Suspect[] {
    const { kind, arn, accountId, uniqueId } = identity;
    const who = { principal: arn, label: displayName(arn, this.accounts) };
    const suspect: Suspect = { who, kind, arn, accountId };
    if (uniqueId !== undefined || named === undefined) return [suspect];
    return withUserIds(suspect, named);
  }

  private named(text: string, named: NamedPrincipals, question: Question): readonly Suspect[] {
    const arn = hasWildcard(text) || text.includes("$") ? filled(text) : text;
    const parsed = tryParseIamArn(arn);
    if (parsed === undefined) return [];
    const { accountId, partition, type, name, path } = parsed;
    if (type === "assumed-role") {
      const role = path.slice(1, -1);
      const identity = this.tryRole(accountId, role);
      const roleArn = identity?.arn ?? `arn:${partition}:iam::${accountId}:role/${role}`;
      const label = `session ${name} of ${displayName(roleArn, this.accounts)}`;
      const who = { principal: text, label };
      return [{ who, kind: "role", arn: roleArn, accountId, sessionName: name }];
    }
    if (type === "root") return this.rootUser(accountId, question);
    if (type !== "role" && type !== "user") return [];
    const identity = this.tryFind(arn);
    if (identity !== undefined) return this.identity(identity, named);
    const who = { principal: text, label: this.patternLabel(text, arn) };
    return withUserIds({ who, kind: type, arn, accountId }, named);
  }

  /** `security/AWSReservedSSO_Admin_*` for a pattern. */
  private patternLabel(text: string, arn: string): string {
    const shown = displayName(arn, this.accounts).replace(NO_ACCOUNT, "any account");
    if (arn === text) return shown;
    // Identity Center's characters are digits.
    const named = displayName(filled(text.replaceAll("?", "0")), this.accounts);
    if (named.includes("/permission set ")) return named;
    const last = text.slice(text.lastIndexOf("/") + 1).replace(/\?+$/, "*");
    return `${shown.slice(0, shown.lastIndexOf("/") + 1)}${last}`;
  }

  private byUniqueId(uniqueId: string, question: Question): readonly Suspect[] {
    const identity = this.tryFind(uniqueId);
    if (identity !== undefined) return this.identity(identity);
    const kind = uniqueId.startsWith("AIDA") ? "user" : "role";
    const arn = `arn:${partitionOf(question)}:iam::${NO_ACCOUNT}:${kind}/deleted`;
    const who = { principal: uniqueId, label: `${uniqueId} (a ${kind} that was deleted)` };
    return [{ who, kind, arn, accountId: NO_ACCOUNT, uniqueId }];
  }

  private ofAccount(
    accountId: string,
    named: NamedPrincipals,
    question: Question,
  ): readonly Suspect[] {
    const { arn } = question.resource;
    const insiders = this.sides.flatMap(({ permissions }) => [
      ...permissions.for(question).inAccount(accountId, arn),
    ]);
    return [
      ...insiders
        .filter((identity) => mayBePermitted(identity, question))
        .flatMap((identity) => this.identity(identity, named)),
      ...this.anyoneOf(accountId, named, question),
    ];
  }

  private everyone(named: NamedPrincipals, question: Question): readonly Suspect[] {
    const { arn, accountId } = question.resource;
    const insiders = this.sides.flatMap(({ principals, permissions }) => [
      ...[...permissions.for(question).anywhere(arn)].filter((one) =>
        mayBePermitted(one, question),
      ),
      ...principals.inAccount(accountId),
    ]);
    return [
      ...insiders.flatMap((identity) => this.identity(identity, named)),
      ...[accountId, NO_ACCOUNT].flatMap((id) => this.anyoneOf(id, named, question)),
      this.outsider("service", "*"),
      ...(question.kind === "assume" ? [this.outsider("federated", "*")] : []),
    ];
  }

  /** A user and a role that stand for all of an account whom no stack makes and no policy names. */
  private anyoneOf(
    accountId: string,
    named: NamedPrincipals,
    question: Question,
  ): readonly Suspect[] {
    const root = `arn:${partitionOf(question)}:iam::${accountId}:`;
    const where = this.accounts.get(accountId) ?? accountId;
    const others = (["role", "user"] as const).flatMap((kind) => {
      const whose = accountId === NO_ACCOUNT ? "anywhere in AWS" : `of ${where}`;
      const principal = accountId === NO_ACCOUNT ? "*" : `${root}root`;
      const who = { principal, label: `any ${kind} ${whose}` };
      return withUserIds({ who, kind, arn: `${root}${kind}/anyone`, accountId }, named);
    });
    return [...others, ...this.rootUser(accountId, question)];
  }

  private rootUser(accountId: string, question: Question): readonly Suspect[] {
    if (question.kind === "assume") return [];
    const arn = `arn:${partitionOf(question)}:iam::${accountId}:root`;
    const where = this.accounts.get(accountId) ?? accountId;
    const who =
      accountId === NO_ACCOUNT
        ? { principal: "*", label: "root users anywhere in AWS" }
        : { principal: arn, label: `the root user of ${where}` };
    return [{ who: { ...who, rootUser: true }, kind: "root", arn, accountId }];
  }

  private outsider(kind: "service" | "federated", name: string): Suspect {
    const everyone = kind === "service" ? "any AWS service" : "any identity provider";
    const label = name === "*" ? everyone : displayName(name, this.accounts);
    const principal = name === "*" ? everyone : name;
    return { who: { principal, label }, kind, arn: name };
  }

  private tryFind(arnOrUniqueId: string): Identity | undefined {
    for (const { principals } of this.sides) {
      const identity = principals.tryFind(arnOrUniqueId);
      if (identity !== undefined) return identity;
    }
    return undefined;
  }

  private tryRole(accountId: string, name: string): Identity | undefined {
    for (const { principals } of this.sides) {
      const identity = principals.tryFindRole(accountId, name);
      if (identity !== undefined) return identity;
    }
    return undefined;
  }
}

/**
 * Whether a role or user may have the permission at all: where roles are assumed the index knows those
 * too who may only do what an identity provider's callers do.
 */
function mayBePermitted({ policies }: Identity, { kind }: Question): boolean {
  return (
    kind !== "assume" ||
    policies.some(
      ({ document }) =>
        document === undefined ||
        compilePolicy(document, "identity").some(
          ({ effect, actions }) => effect === "Allow" && actions.has("sts:AssumeRole"),
        ),
    )
  );
}
