import { statementRule } from "../rule";

/** `NotPrincipal`, which names whom a statement leaves out. */
export const notPrincipal = statementRule({
  id: "not-principal",
  severity: "error",
  explains:
    "NotPrincipal in an Allow lets in everyone else, anonymous callers too, and in a Deny it must name every session and account of a caller; trust policies do not take it",
  remedy: "name the principals in Principal, or deny with a condition on aws:PrincipalArn",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  found: ({ statement }) =>
    statement.NotPrincipal === undefined
      ? undefined
      : `NotPrincipal is ${JSON.stringify(statement.NotPrincipal)}`,
});
