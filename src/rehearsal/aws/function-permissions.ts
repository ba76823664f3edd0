import { asArray, policyDocument, type Statement } from "../../iam/policy-document";
import { AwsError } from "./aws-error";
import { requireRoom, shownResourcePolicy, takeResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedFunction } from "./simulated-resources";

/** A function of the account; refused with `ResourceNotFoundException`. */
export function functionOf(account: SimulatedAccount, arn: string): SimulatedFunction {
  const found = account.functions.tryGet(arn);
  if (found !== undefined) return found;
  throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`);
}

/** The statements of a function's policy as Lambda shows them now. */
export function permissionsOf(
  account: SimulatedAccount,
  { permissions }: SimulatedFunction,
): readonly Statement[] {
  return [...permissions.values()].flatMap((permission) => {
    const shown = shownResourcePolicy(account, permission);
    return shown === "unknown" ? [] : asArray(shown.Statement);
  });
}

/**
 * AddPermission: one statement more, whose principals are pinned by themselves. Refused for a
 * statement ID that is taken, and for a principal that does not exist.
 */
export function addPermission(
  account: SimulatedAccount,
  functionArn: string,
  statement: Statement & { readonly Sid: string },
): void {
  const found = functionOf(account, functionArn);
  if (found.permissions.has(statement.Sid)) {
    throw new AwsError(
      "ResourceConflictException",
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const text = JSON.stringify(policyDocument([statement]));
  const permission = takeResourcePolicy(account, "lambda-function", [text], functionArn);
  const permissions = new Map(found.permissions).set(statement.Sid, permission);
  const changed = { ...found, permissions };
  requireRoom("lambda-function", {
    ...policyDocument(permissionsOf(account, changed)),
    Id: "default",
  });
  account.functions.put(changed);
}

/** RemovePermission; nothing where it is gone. */
export function removePermission(
  account: SimulatedAccount,
  functionArn: string,
  statementId: string,
): void {
  const found = account.functions.tryGet(functionArn);
  if (found === undefined) return;
  const permissions = new Map(found.permissions);
  if (permissions.delete(statementId)) account.functions.put({ ...found, permissions });
}
