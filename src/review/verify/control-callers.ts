import { commonText } from "../../iam/evaluation/common-text";
import type { ControlPolicyKind } from "../../iam/full-access-policies";
import type { Caller } from "../../iam/evaluation/request";
import type { Statement } from "../../iam/policy-document";
import { NO_ACCOUNT } from "../../estate/made-up-callers";
import type { GuardedAccount } from "../../only-path/guarded-account";
import { conditionValues } from "../condition-values";
import { ANYTHING } from "./allowing-anything";
import { withoutVariables } from "./control-questions";

/** Somebody whom control policies may hold back. */
export interface ControlCaller {
  readonly caller: Caller;
  /** For people: `roles of the account`, an ARN, a pattern of a policy. */
  readonly label: string;
  /** Whether it stands for all whom no policy names. */
  readonly standsForOthers: boolean;
}

/** Who calls by a token or an assertion of an identity provider. */
export const PROVIDER: ControlCaller = {
  caller: { kind: "federated", arn: "*", identityPolicies: [] },
  label: "identity providers",
  standsForOthers: true,
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
  const patterns = statements
    .flatMap((statement) => conditionValues(statement, "aws:principalarn"))
    .map(withoutVariables);
  const prefix = (id: string): string => `arn:${partition}:iam::${id}:`;
  const ids = kind === "service" ? [accountId] : accountsIn(statements, patterns, prefix(ANY_ID));
  const standing = ids.flatMap((id) =>
    (["role", "user"] as const).map((type): ControlCaller => ({
      caller: principal(type, `${prefix(id)}${type}/crosstrust-anyone`, id),
      label: `${type}s ${whereOf(id, accountId)}`,
      standsForOthers: true,
    })),
  );
  const named = patterns.flatMap((pattern) =>
    ids.flatMap((id) =>
      (["role", "user"] as const).flatMap((type): readonly ControlCaller[] => {
        const arn = commonText(pattern, `${prefix(id)}${type}/?*`, "x");
        // Service-linked roles are bound by no control policy.
        if (arn === undefined || arn.includes(":role/aws-service-role/")) return [];
        return [{ caller: principal(type, arn, id), label: pattern, standsForOthers: false }];
      }),
    ),
  );
  const other: ControlCaller =
    kind === "service"
      ? {
          caller: principal("root", `${prefix(accountId)}root`, accountId),
          label: "the root user of the account",
          standsForOthers: true,
        }
      : {
          caller: { kind: "service", arn: "ec2.amazonaws.com", identityPolicies: [] },
          label: "AWS services",
          standsForOthers: true,
        };
  return [...new Map([...named, ...standing, other].map((one) => [one.caller.arn, one])).values()];
}

const ANY_ID = "????????????";

/** The accounts that statements speak of, by ID or by a pattern, and one that stands for all others. */
function accountsIn(
  statements: readonly Statement[],
  principals: readonly string[],
  anyPrefix: string,
): readonly string[] {
  const written = JSON.stringify(statements).match(/(?<=["':])\d{12}(?=["':])/g) ?? [];
  const byArn = principals.flatMap(
    (pattern) => commonText(pattern, `${anyPrefix}*`, "0")?.split(":")[4] ?? [],
  );
  const byId = statements
    .flatMap((statement) => conditionValues(statement, "aws:principalaccount"))
    .flatMap((pattern) => commonText(pattern, ANY_ID, "0") ?? []);
  return [...new Set([NO_ACCOUNT, ...written, ...byArn, ...byId])];
}

function whereOf(id: string, accountId: string): string {
  if (id === accountId) return "of the account";
  return id === NO_ACCOUNT ? "elsewhere" : `of account ${id}`;
}

/** A principal whose own policies allow everything. */
function principal(kind: "role" | "user" | "root", arn: string, accountId: string): Caller {
  return { kind, arn, accountId, identityPolicies: [ANYTHING] };
}
