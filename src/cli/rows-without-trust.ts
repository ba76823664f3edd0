import type { Model } from "../model/model";
import type { RemovedTrust } from "../model/rollout/removed-trusts";
import { termsDiffer } from "../model/rollout/trust-progress";
import type { Trusting, TrustingKind } from "../model/rollout/trusting";
import { SEAL_KEY } from "../trust/seal-terms";
import { namedKey } from "./row-names";
import type { StatusRow } from "./status-row";

/** Of log buckets, the aggregator and the bus of notifications whom they name; of an account's own half what is due. */
export function rowsWithoutTrust(
  model: Model,
  names: ReadonlyMap<string, string>,
  trusting: Trusting,
): readonly StatusRow[] {
  const { kind } = trusting;
  if (!isWithoutTrust(kind)) return [];
  return Object.keys(trusting.terms()).flatMap((key): readonly StatusRow[] => {
    const isDue = termsDiffer(model, trusting, key);
    if (kind === "account" && !isDue) return [];
    return [
      {
        ...commonOf(trusting),
        trusts: kind === "account" ? `(its half: ${namedKey(key, names)})` : namedKey(key, names),
        stage: "-",
        state: isDue ? "due" : "by design",
        letsIn: WITHOUT_TRUST[kind],
      },
    ];
  });
}

/** A seal of older sessions that is not deployed, or still is although it was dropped. */
export function sealRows(model: Model, trusting: Trusting): readonly StatusRow[] {
  if (trusting.kind !== "role" || !termsDiffer(model, trusting, SEAL_KEY)) return [];
  return [
    {
      ...commonOf(trusting),
      trusts: SEAL_KEY,
      stage: "-",
      state: "due",
      letsIn: Object.hasOwn(trusting.terms(), SEAL_KEY) ? "nobody" : "nobody: dropped here",
    },
  ];
}

/** What accounts.json no longer has lets in until its stack is deployed, or destroyed. */
export function removedRow(
  { trustingArn, key, stack }: RemovedTrust,
  names: ReadonlyMap<string, string>,
): StatusRow {
  return {
    trusting: namedKey(trustingArn, names),
    trustingArn,
    stack: stack ?? "",
    trusts: namedKey(key, names),
    stage: "-",
    state: "due",
    letsIn: "removed here, still deployed",
  };
}

/** Kinds that name others without a trust, and what they let in. */
const WITHOUT_TRUST = {
  "log bucket": "AWS's log services",
  aggregator: "AWS Config",
  "notification bus": "events of its roles",
  account: "nobody",
} as const;

function isWithoutTrust(kind: TrustingKind): kind is keyof typeof WITHOUT_TRUST {
  return Object.hasOwn(WITHOUT_TRUST, kind);
}

/** What every row of one that trusts has. */
export function commonOf({
  label,
  arn,
  stack,
}: Trusting): Pick<StatusRow, "trusting" | "trustingArn" | "stack"> {
  return { trusting: label, trustingArn: arn, stack };
}
