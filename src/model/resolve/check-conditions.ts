import { conditionOperator } from "../../iam/evaluation/condition-operators";
import { closestTo } from "../../source/closest";
import { quote, showValue } from "../../source/show-value";
import type { DataPath } from "../../source/source-document";
import { OWN_KEYS } from "../../trust/trust-limits";
import type { Entry } from "../file/entry";
import type { AccountTrustInput } from "../file/schema/trusts";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";

/** IAM's operators as it spells them, for suggestions. */
const OPERATORS = [
  ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
  ...["StringLike", "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan"],
  ...["NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals"],
  ...["DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan"],
  ...["DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals"],
  ...["ArnLike", "ArnNotEquals", "ArnNotLike", "Null"],
] as const;

/** Options by which the keys that Crosstrust writes are said. */
const OPTION_OF: Readonly<Record<string, string>> = {
  "aws:currenttime": "expires",
  "aws:multifactorauthpresent": "mfa",
  "aws:principalarn": "role, user, group or permissionSet",
  "aws:principalorgid": "settings.organizationId, or the account's organization",
  "aws:sourceip": "sourceIp",
  "aws:sourcevpce": "sourceVpce",
  "aws:tagkeys": "sessionTags",
  "aws:userid": '"tighten": "unique-id"',
  "sts:externalid": "externalId",
  "sts:rolesessionname": "sessionName",
  "sts:sourceidentity": "sourceIdentity",
};

/**
 * Conditions of one's own: by operators that IAM has, and on no key that Crosstrust writes itself, because
 * two values of one operator and key are alternatives and would undo the other.
 */
export function checkConditions(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  for (const [operator, keys] of Object.entries(trust.conditions ?? {})) {
    const place = placeOf(entry, [...path, "conditions", operator], "key");
    if (!isOperator(operator)) {
      const closest = closestTo(operator.replace(/IfExists$|^For(Any|All)Values:/g, ""), OPERATORS);
      problems.error(place, {
        expected: "a condition operator of IAM",
        found: showValue(operator),
        remedy: closest === undefined ? "correct it" : `write ${quote(closest)} if that is meant`,
      });
    }
    for (const key of Object.keys(keys)) {
      const lowerCase = key.toLowerCase();
      const isTag = trust.sessionTags !== undefined && lowerCase.startsWith("aws:requesttag/");
      if (!OWN_KEYS.has(lowerCase) && !isTag) continue;
      problems.error(placeOf(entry, [...path, "conditions", operator, key], "key"), {
        expected: "keys that Crosstrust does not write itself",
        found: showValue(key),
        remedy: `say it by ${isTag ? "sessionTags" : OPTION_OF[lowerCase]}`,
      });
    }
  }
}

function isOperator(operator: string): boolean {
  const name = operator
    .toLowerCase()
    .replace(/^for(any|all)values:/, "")
    .replace(/ifexists$/, "");
  return name === "null" || conditionOperator(name) !== undefined;
}
