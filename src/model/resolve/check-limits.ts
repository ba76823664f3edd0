import { asArray } from "../../iam/policy-document";
import { showValue } from "../../source/show-value";
import type { DataPath } from "../../source/source-document";
import type { Entry } from "../file/entry";
import type { AccountTrustInput } from "../file/schema/trusts";
import { checkConditions } from "./check-conditions";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";

/** Limits that no request could meet, or that say something else than they look like. */
export function checkLimits(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  checkConditions(entry, path, trust, problems);
  if (trust.sourceIp !== undefined && trust.sourceVpce !== undefined) {
    problems.error(placeOf(entry, [...path, "sourceVpce"], "key"), {
      expected: "sourceIp or sourceVpce: a request through a VPC endpoint carries no aws:SourceIp",
      found: "both, which no request meets",
      remedy:
        "take one out; for addresses within the VPC write a condition on aws:VpcSourceIp beside sourceVpce",
    });
  }
  if (trust.role !== undefined || trust.permissionSet !== undefined) {
    reportUserNames(entry, path, trust, problems);
  }
}

/** Only users have a name: for a role's session the variable has no value, and matches nothing. */
function reportUserNames(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  const { sourceIdentity = [], sessionName = [], sessionTags = {} } = trust;
  const named: readonly (readonly [DataPath, string | readonly string[]])[] = [
    [["sourceIdentity"], sourceIdentity],
    [["sessionName"], sessionName],
    ...Object.entries(sessionTags).map(([tag, values]) => [["sessionTags", tag], values] as const),
  ];
  for (const [field, values] of named) {
    const wrong = asArray<string>(values).find((value) => /\$\{aws:username\}/i.test(value));
    if (wrong === undefined) continue;
    problems.error(placeOf(entry, [...path, ...field]), {
      expected: "no ${aws:username} beside a role or permission set, whose sessions have none",
      found: showValue(wrong),
      remedy: "name a user or group, or write a pattern without it",
    });
  }
}
