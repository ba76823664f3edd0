import { tryParseIamArn } from "../../iam/arn";
import type { ControlPolicyKind } from "../../iam/full-access-policies";
import type { Caller } from "../../iam/evaluation/request";
import { asArray, type Statement } from "../../iam/policy-document";
import { NO_ACCOUNT } from "../../estate/made-up-callers";
import type { GuardedAccount } from "../../only-path/guarded-account";
import { ANYTHING } from "./allowing-anything";
import { filled } from "../filled-pattern";

/** Somebody whom control policies may hold back. */
export interface ControlCaller {
  readonly caller: Caller;
  /** Of one that stands for others, for people: `roles of the account`. */
  readonly standsFor?: string;
}

/** Who calls by a token or an assertion of an identity provider. */
export const PROVIDER: ControlCaller = {
  caller: { kind: "federated", arn: "*", identityPolicies: [] },
  standsFor: "identity providers",
};

/**
 * Everyone whom control policies of an account may treat in his own way: those whom a statement names,
 * and some who stand for all others. Of those inside the account, or of those outside.
 */
export function controlCallers(
  kind: ControlPolicyKind,
  { partition, accountId }: GuardedAccount,
  statements: readonly Statement[],
): readonly ControlCaller[] {
  const text = JSON.stringify(statements);
  const accounts =
    kind === "service"
      ? [accountId]
      : [...new Set([NO_ACCOUNT, ...(text.match(/(?<=["':])\d{12}(?=["':])/g) ?? [])])];
  const prefix = (id: string): string => `arn:${partition}:iam::${id}:`;
  const some = accounts.flatMap((id): readonly ControlCaller[] => {
    const where =
      id === accountId ? "of the account" : id === NO_ACCOUNT ? "elsewhere" : `of account ${id}`;
    const of = (caller: "role" | "user"): ControlCaller => ({
      caller: principal(caller, `${prefix(id)}${caller}/crosstrust-anyone`, id),
      standsFor: `${caller}s ${where}`,
    });
    return [of("role"), of("user")];
  });
  const named = statements.flatMap(namedPatterns).flatMap((pattern) =>
    accounts.flatMap((id): readonly ControlCaller[] => {
      const arn = filled(pattern.replace(/::[^:]*[*?][^:]*:/, `::${id}:`));
      const parsed = tryParseIamArn(arn);
      if (parsed?.accountId !== id || (parsed.type !== "role" && parsed.type !== "user")) return [];
      return arn.includes(":role/aws-service-role/")
        ? []
        : [{ caller: principal(parsed.type, arn, id) }];
    }),
  );
  const rootUser = principal("root", `${prefix(accountId)}root`, accountId);
  const others: readonly ControlCaller[] =
    kind === "service"
      ? [{ caller: rootUser, standsFor: "the root user of the account" }]
      : [
          {
            caller: { kind: "service", arn: "ec2.amazonaws.com", identityPolicies: [] },
            standsFor: "AWS services",
          },
        ];
  const byArn = new Map([...named, ...some, ...others].map((one) => [one.caller.arn, one]));
  return [...byArn.values()];
}

/** A principal whose own policies allow everything. */
function principal(kind: "role" | "user" | "root", arn: string, accountId: string): Caller {
  return { kind, arn, accountId, identityPolicies: [ANYTHING] };
}

/** The values of a statement's conditions on `aws:PrincipalArn`. */
function namedPatterns({ Condition }: Statement): readonly string[] {
  return Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) =>
      key.toLowerCase() === "aws:principalarn" ? asArray(values).map(String) : [],
    ),
  );
}
