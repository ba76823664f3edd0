import type { Caller } from "../../iam/evaluation/request";
import { policyDocument } from "../../iam/policy-document";

/** What the caller has whose own half does not matter. */
export const ANYTHING = {
  name: "allow everything",
  document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
};

/** A caller whose own policies allow everything; services and identity providers have none. */
export function allowingAnything(caller: Caller): Caller {
  return caller.accountId === undefined
    ? caller
    : { ...caller, identityPolicies: [ANYTHING], permissionsBoundary: undefined };
}
