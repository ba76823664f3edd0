import { asArray } from "../../iam/policy-document";
import { closestTo } from "../../source/closest";
import { quote, showValue } from "../../source/show-value";
import type { DataPath } from "../../source/source-document";
import { OWN_KEYS } from "../../trust/trust-limits";
import type { Entry } from "../file/entry";
import type { AccountTrustInput } from "../file/schema/trusts";
import { placeOf } from "./place";
import { OPERATORS, operatorOf, valuesOf } from "./condition-values";
import type { ProblemList } from "./problem-list";

/** Options by which the keys that Crosstrust writes are said. */
const OPTION_OF: Readonly<Record<string, string>> = {
  "aws:currenttime": "expires where it is an end; for a beginning, add the trust when it begins",
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
 * Conditions of one's own: by operators as IAM spells them, with values of their type, each key once, and on
 * no key that Crosstrust writes itself, because two values of one operator and key are alternatives and
 * would undo the other.
 */
export function checkConditions(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  for (const [operator, keys] of Object.entries(trust.conditions ?? {})) {
    const at = [...path, "conditions", operator] as const;
    const base = operatorOf(operator);
    if (base === undefined) {
      const closest = closestTo(
        operator.replace(/IfExists$|^For(AnyValue|AllValues):/g, ""),
        OPERATORS,
      );
      problems.error(placeOf(entry, at, "key"), {
        expected: "a condition operator of IAM, as it spells them",
        found: showValue(operator),
        remedy: closest === undefined ? "correct it" : `write ${quote(closest)} if that is meant`,
      });
    } else checkValues(entry, at, base, keys, problems);
    checkKeys(entry, at, Object.keys(keys), trust, problems);
  }
}

function checkKeys(
  entry: Entry<unknown>,
  path: DataPath,
  keys: readonly string[],
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  const seen = new Set<string>();
  for (const key of keys) {
    const lowerCase = key.toLowerCase();
    const isTag = trust.sessionTags !== undefined && lowerCase.startsWith("aws:requesttag/");
    const place = placeOf(entry, [...path, key], "key");
    if (OWN_KEYS.has(lowerCase) || isTag) {
      problems.error(place, {
        expected: "keys that Crosstrust does not write itself",
        found: showValue(key),
        remedy: `say it by ${isTag ? "sessionTags" : OPTION_OF[lowerCase]}`,
      });
    } else if (seen.has(lowerCase)) {
      problems.error(place, {
        expected: "each key once: IAM takes no notice of capital letters in keys",
        found: `${showValue(key)} again`,
        remedy: "join the two",
      });
    }
    seen.add(lowerCase);
  }
}

function checkValues(
  entry: Entry<unknown>,
  path: DataPath,
  operator: string,
  keys: Readonly<Record<string, string | readonly string[]>>,
  problems: ProblemList,
): void {
  const { expected, remedy, isOne } = valuesOf(operator);
  for (const [key, values] of Object.entries(keys)) {
    asArray(values).forEach((value, index) => {
      if (isOne(value)) return;
      const item = typeof values === "string" ? [] : [index];
      problems.error(placeOf(entry, [...path, key, ...item]), {
        expected: `${expected} (${operator})`,
        found: showValue(value),
        remedy,
      });
    });
  }
}
