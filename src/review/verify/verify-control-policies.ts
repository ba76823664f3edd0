import type { AccessCount } from "../../estate/judge";
import type { AccountControlPolicies, Estate } from "../../estate/estate";
import type { ControlPolicyKind } from "../../iam/full-access-policies";
import type { Model, OnlyPath } from "../../model/model";
import { checkControls } from "./check-controls";
import type { Finding, Told, Verification } from "./finding";

const KINDS = ["service", "resource"] as const;

/** Whether the control policies of accounts with `onlyPath` hold what it means, for each account and kind. */
export function verifyControlPolicies(
  { onlyPaths }: Model,
  estate: Estate,
  count?: AccessCount,
): Verification {
  const found = onlyPaths.flatMap((path) =>
    KINDS.map((kind) => {
      const policies = estate.controlPolicies?.get(path.account.id);
      const place = placeOf(path, kind, policies);
      const levels = policies?.[kind];
      return levels === undefined
        ? { findings: [notAttached(path, kind, place)], undecided: [] }
        : checkControls({
            path,
            kind,
            place,
            levels,
            attachments: policies?.attachments ?? [],
            count,
          });
    }),
  );
  return {
    findings: found.flatMap(({ findings }) => findings),
    undecided: found.flatMap(({ undecided }) => undecided),
  };
}

function placeOf(
  { account, stack }: OnlyPath,
  kind: ControlPolicyKind,
  policies: AccountControlPolicies | undefined,
): Omit<Told, "says"> {
  const attached = policies?.attachments.find((one) => one.kind === kind);
  return {
    accountId: account.id,
    origin: attached?.origin ?? { stack, address: "" },
    statements: [],
    arn: `arn:${account.partition}:iam::${account.id}:root`,
  };
}

function notAttached(
  { stack }: OnlyPath,
  kind: ControlPolicyKind,
  place: Omit<Told, "says">,
): Finding {
  return {
    ...place,
    kind: "missing",
    says: `its trusts are to be the only way in, and no ${kind} control policy that would hold it is attached`,
    remedy: `deploy ${stack}, or take onlyPath out of accounts.json`,
  };
}
