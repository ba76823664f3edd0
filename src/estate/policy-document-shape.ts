import type {
  Conditions,
  OneOrMany,
  PolicyDocument,
  PolicyPrincipal,
  Statement,
} from "../iam/policy-document";
import { showValue } from "../source/show-value";
import { isJsonObject } from "./terraform-json";

/** A value is no policy document in IAM's spelling; the message says why, without a full stop. */
export class NotAPolicy extends Error {}

/**
 * The policy document in a parsed JSON value, with condition values as texts.
 *
 * Throws NotAPolicy for anything that IAM's grammar does not have: an element that is not known here
 * might change what the policy says.
 */
export function policyDocumentOf(value: unknown): PolicyDocument {
  if (!isJsonObject(value)) throw new NotAPolicy("a policy is a JSON object");
  const { Version, Id, Statement, ...others } = value;
  refuseOthers(others, "a policy");
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw new NotAPolicy(`${showValue(Version)} is no version of the policy language`);
  }
  return {
    ...(Version !== undefined && { Version }),
    ...(Id !== undefined && { Id: textOf(Id, "Id") }),
    Statement: Array.isArray(Statement) ? Statement.map(statementOf) : statementOf(Statement),
  };
}

function statementOf(value: unknown): Statement {
  if (!isJsonObject(value)) throw new NotAPolicy("a statement is a JSON object");
  const {
    Sid,
    Effect,
    Principal,
    NotPrincipal,
    Action,
    NotAction,
    Resource,
    NotResource,
    Condition,
    ...others
  } = value;
  refuseOthers(others, "a statement");
  if (Effect !== "Allow" && Effect !== "Deny") {
    throw new NotAPolicy(`a statement's Effect is Allow or Deny, not ${showValue(Effect)}`);
  }
  if ((Action === undefined) === (NotAction === undefined)) {
    throw new NotAPolicy("a statement has either Action or NotAction");
  }
  return {
    ...(Sid !== undefined && { Sid: textOf(Sid, "Sid") }),
    Effect,
    ...(Principal !== undefined && { Principal: principalOf(Principal, "Principal") }),
    ...(NotPrincipal !== undefined && { NotPrincipal: principalOf(NotPrincipal, "NotPrincipal") }),
    ...(Action !== undefined && { Action: textsOf(Action, "Action") }),
    ...(NotAction !== undefined && { NotAction: textsOf(NotAction, "NotAction") }),
    ...(Resource !== undefined && { Resource: textsOf(Resource, "Resource") }),
    ...(NotResource !== undefined && { NotResource: textsOf(NotResource, "NotResource") }),
    ...(Condition !== undefined && { Condition: conditionsOf(Condition) }),
  };
}

function principalOf(value: unknown, element: string): PolicyPrincipal {
  if (value === "*") return value;
  if (!isJsonObject(value)) throw new NotAPolicy(`${element} is "*" or a JSON object`);
  const { AWS, Service, Federated, CanonicalUser, ...others } = value;
  refuseOthers(others, element);
  return {
    ...(AWS !== undefined && { AWS: textsOf(AWS, element) }),
    ...(Service !== undefined && { Service: textsOf(Service, element) }),
    ...(Federated !== undefined && { Federated: textsOf(Federated, element) }),
    ...(CanonicalUser !== undefined && { CanonicalUser: textsOf(CanonicalUser, element) }),
  };
}

function conditionsOf(value: unknown): Conditions {
  if (!isJsonObject(value)) throw new NotAPolicy("Condition is a JSON object");
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => {
      if (!isJsonObject(keys)) throw new NotAPolicy(`Condition.${operator} is a JSON object`);
      return [
        operator,
        Object.fromEntries(
          Object.entries(keys).map(([key, values]) => [
            key,
            // IAM takes true and 5 for "true" and "5" here, and here alone.
            textsOf(
              Array.isArray(values) ? values.map(scalarText) : scalarText(values),
              `Condition.${operator}`,
            ),
          ]),
        ),
      ];
    }),
  );
}

function scalarText(value: unknown): unknown {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

function textsOf(value: unknown, element: string): OneOrMany<string> {
  return Array.isArray(value) ? value.map((item) => textOf(item, element)) : textOf(value, element);
}

function textOf(value: unknown, element: string): string {
  if (typeof value !== "string") {
    throw new NotAPolicy(`${element} holds ${showValue(value)} where a text is expected`);
  }
  return value;
}

function refuseOthers(others: object, where: string): void {
  const [other] = Object.keys(others);
  if (other !== undefined) throw new NotAPolicy(`${where} has no element ${showValue(other)}`);
}
