import { showValue } from "../../source/show-value";
import { tryParseExistingArn } from "../file/existing-arn";
import type { SharingEntry } from "../file/kept-statements";
import type { Account } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";

/** The ARN of an existing resource, or of a secret's existing key, is of the owner and the region. */
export function checkSharedArns(
  entry: SharingEntry,
  owner: Account,
  regions: readonly string[],
  problems: ProblemList,
): void {
  const { value } = entry;
  const arns = [
    // That an ARN stands for one region alone is told where regions stand.
    ...(regions.length === 1 ? [{ field: "arn", type: value.type, arn: value.arn } as const] : []),
    ...(value.type === "secret"
      ? [{ field: "key", type: "kms-key", arn: value.key } as const]
      : []),
  ];
  for (const { field, type, arn } of arns) {
    const parsed = arn === undefined ? undefined : tryParseExistingArn(type, arn);
    if (parsed === undefined) continue;
    const fits =
      parsed.partition === owner.partition &&
      (parsed.accountId === "" || parsed.accountId === owner.id) &&
      (parsed.region === "" || regions.every((region) => region === parsed.region));
    if (fits) continue;
    problems.error(placeOf(entry, [field]), {
      expected:
        parsed.accountId === ""
          ? `an ARN of partition ${owner.partition}`
          : `an ARN of partition ${owner.partition}, account ${owner.name} (${owner.id}) and region ${regions.join(", ")}`,
      found: showValue(arn),
      remedy: "correct it, or account and region",
    });
  }
}
