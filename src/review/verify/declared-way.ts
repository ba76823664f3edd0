import type { Access } from "../../estate/access";
import { accountPrincipalArn, tryParseIamArn } from "../../iam/arn";
import { tryPermissionSetOf } from "../../iam/permission-set-role";
import type { Model } from "../../model/model";
import { stageOf, type PrincipalTrust, type Trust } from "../../trust/trust";
import type { Demand } from "./demand";
import { demandsOf } from "./demands";

/** One trust as what it means: who gets in, and with what. */
export interface DeclaredWay {
  /** Who must get in, as `Access` names principals. */
  readonly expected: readonly string[];
  /** Whose principals it admits; undefined for a service. */
  readonly accountId: string | undefined;
  /** Whether an access is what the trust means, whatever the request brings along. */
  readonly admits: (access: Access) => boolean;
  readonly demands: readonly Demand[];
  /** ARNs that must not get in by an account-wide trust which means some of its principals alone. */
  readonly outsiders: readonly string[];
  /** Of a principal at stage `role`: it gets in itself, no longer by its account. @default - not told */
  readonly tightened?: string;
}

/** Reads trusts as what they mean, independently of the policies that are made of them. */
export class Declarations {
  private readonly members = new Map<string, string[]>();

  constructor({ users, groups }: Model) {
    const arns = new Map(users.map(({ account, name, arn }) => [`${account.id}/${name}`, arn]));
    for (const { account, name, users: names } of groups) {
      const members = names.flatMap((user) => arns.get(`${account.id}/${user}`) ?? []);
      this.members.set(`${account.id}/${name}`, members);
    }
  }

  wayOf(trust: Trust): DeclaredWay {
    return { ...this.whoOf(trust), demands: demandsOf(trust) };
  }

  private whoOf(trust: Trust): Omit<DeclaredWay, "demands"> {
    switch (trust.kind) {
      case "service":
        return only(trust.service);
      case "oidc": {
        const host = trust.issuer.replace(/^https:\/\//, "");
        return only(`arn:${trust.partition}:iam::${trust.accountId}:oidc-provider/${host}`);
      }
      case "role":
      case "user":
        return principal(trust);
      default:
        return this.accountWide(trust);
    }
  }

  private accountWide(
    trust: Exclude<Trust, { kind: "service" | "oidc" | "role" | "user" }>,
  ): Omit<DeclaredWay, "demands"> {
    const { partition, accountId } = trust;
    const root = accountPrincipalArn(partition, accountId);
    const [outsideRole, outsideUser] = outsidersOf(partition, accountId);
    if (trust.kind === "account") {
      return { expected: [root], accountId, admits: isOfAccount(accountId), outsiders: [] };
    }
    if (trust.kind === "group") {
      const members = this.members.get(`${accountId}/${trust.groupName}`) ?? [];
      return {
        expected: [root, ...members],
        accountId,
        admits: ({ principal: arn, by }) =>
          members.includes(arn) || (arn === root && by === "guarded account"),
        outsiders: [outsideRole],
      };
    }
    return {
      expected: [root],
      accountId,
      admits: ({ principal: arn, by }) =>
        (arn === root && by === "guarded account") || isOfPermissionSet(arn, trust),
      outsiders: [outsideRole, outsideUser],
    };
  }
}

/** A role and a user of an account, of a name that nobody has. */
export function outsidersOf(partition: string, accountId: string): readonly [string, string] {
  const made = (type: string): string =>
    `arn:${partition}:iam::${accountId}:${type}/crosstrust-outsider`;
  return [made("role"), made("user")];
}

/** Of one principal, as policies name it. */
export function only(name: string): Omit<DeclaredWay, "demands"> {
  return {
    expected: [name],
    accountId: name.split(":").at(4),
    admits: (access) => access.principal === name,
    outsiders: [],
  };
}

function principal(trust: PrincipalTrust): Omit<DeclaredWay, "demands"> {
  const { principalArn, accountId, guard } = trust;
  if (stageOf(trust) === "role") return { ...only(principalArn), tightened: principalArn };
  if (guard.length === 0) {
    return { expected: [principalArn], accountId, admits: isOfAccount(accountId), outsiders: [] };
  }
  return {
    expected: [principalArn],
    accountId,
    admits: (access) => guard.includes(access.principal),
    outsiders: [],
  };
}

function isOfAccount(accountId: string): DeclaredWay["admits"] {
  return ({ principal: arn }) => arn.split(":")[4] === accountId;
}

function isOfPermissionSet(
  arn: string,
  { accountId, permissionSet }: { readonly accountId: string; readonly permissionSet: string },
): boolean {
  const parsed = tryParseIamArn(arn);
  return (
    parsed?.accountId === accountId &&
    parsed.type === "role" &&
    tryPermissionSetOf(parsed.name) === permissionSet
  );
}
