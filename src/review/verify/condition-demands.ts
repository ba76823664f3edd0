import { sampleValues, type KeyValue } from "../../estate/sample-values";
import {
  compileConditions,
  evaluateConditions,
  type Condition,
} from "../../iam/evaluation/conditions";
import type { AccessRequest } from "../../iam/evaluation/request";
import { lookUpKey } from "../../iam/evaluation/request-keys";
import type { Truth } from "../../iam/evaluation/three-valued";
import type { Demand } from "./demand";
import { otherThan } from "./other-than";
import { withKey } from "./request-with-key";

/** A condition that is declared, by its own text; the label is for people. */
export interface LabelledCondition {
  readonly label: string;
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Conditions as demands: of each some values of its key that meet it, and some that do not, as far as they
 * are easily found. A way to meet one meets all the others too.
 */
export function conditionDemands(declared: readonly LabelledCondition[]): readonly Demand[] {
  const all = declared.flatMap(compiled);
  return declared.map((one) => demandOf(one, all));
}

function demandOf(one: LabelledCondition, all: readonly Condition[]): Demand {
  const { label, operator, key, values } = one;
  const own = compiled(one);
  const lowerCaseKey = key.toLowerCase();
  const absent = ALWAYS_PRESENT.has(lowerCaseKey) ? [] : [undefined];
  const similar = /^String(Equals|Like)$/i.test(operator) ? values.flatMap(otherThan) : [];
  const listed = operator === "StringEquals" ? new Set<KeyValue>(values) : new Set<KeyValue>();
  const truth = (conditions: readonly Condition[], request: AccessRequest): Truth =>
    evaluateConditions(conditions, request).truth;
  const withValues = (request: AccessRequest, some: readonly KeyValue[]): readonly WithValue[] =>
    some.map((value) => {
      const context = withKey(request.context, key, value);
      return { value, request: { ...request, context } };
    });
  const meeting = (request: AccessRequest): readonly WithValue[] =>
    withValues(request, [...absent, ...sampleValues(own, request)]).filter(
      (each) => truth(own, each.request) === "yes",
    );
  return {
    label,
    met: (context) => {
      const request = { ...SOMEBODY, context };
      const isThere = lookUpKey(request, lowerCaseKey) !== undefined;
      return isThere || truth(own, request) !== "no"
        ? context
        : (meeting(request).at(0)?.request.context ?? context);
    },
    unmet: (request, mentioned) => {
      const named = mentioned.filter((condition) => condition.lowerCaseKey === lowerCaseKey);
      const some = [...absent, ...sampleValues([...own, ...named], request), ...similar];
      const unlisted = some.filter((value) => !listed.has(value));
      return [request, ...withValues(request, unlisted).map((each) => each.request)]
        .filter((each) => truth(own, each) === "no")
        .map(({ context }) => context);
    },
    ways: (request) =>
      meeting(request)
        .filter((each) => truth(all, each.request) === "yes")
        .map(({ value, request: { context } }) => ({
          label: value === undefined ? `no ${key}` : `${key} ${[value].flat().join(" and ")}`,
          context,
        })),
  };
}

/** A request in which the condition's key has a value. */
interface WithValue {
  readonly value: KeyValue;
  readonly request: AccessRequest;
}

/** Keys that every request to assume a role carries. */
const ALWAYS_PRESENT: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "sts:rolesessionname",
]);

/** For conditions on what a request carries, whoever makes it. */
const SOMEBODY: Omit<AccessRequest, "context"> = {
  caller: { kind: "role", arn: "arn:aws:iam::000000000000:role/somebody", identityPolicies: [] },
  action: "sts:AssumeRole",
  resource: { arn: "*", accountId: "000000000000" },
};

function compiled({ operator, key, values }: LabelledCondition): readonly Condition[] {
  return compileConditions({ [operator]: { [key]: values } }, true);
}
