import { tryParseIamArn } from "../../iam/arn";
import {
  asArray,
  type PolicyDocument,
  type PolicyPrincipal,
  type Statement,
} from "../../iam/policy-document";
import type { Suspect } from "./suspect";

/**
 * A policy on a role or resource as AWS keeps it: in place of the ARN of a role or user its unique ID,
 * here one that nobody has. So it lets in no principal that was deleted and made again under its name
 * (IAM User Guide, "AWS JSON policy elements: Principal"). The same object where it names none.
 */
export function pinned(document: PolicyDocument): PolicyDocument {
  const known = PINNED.get(document);
  if (known !== undefined) return known;
  const statements = asArray(document.Statement);
  const made = statements.map(pinStatement);
  const isSame = made.every((statement, index) => statement === statements[index]);
  const result = isSame ? document : { ...document, Statement: made };
  PINNED.set(document, result);
  return result;
}

const PINNED = new WeakMap<PolicyDocument, PolicyDocument>();

/** A role or user that was deleted and made again; undefined for others than roles and users by name. */
export function madeAgain(suspect: Suspect): Suspect | undefined {
  const { kind, arn, uniqueId, sessionName } = suspect;
  if (kind !== "role" && kind !== "user") return undefined;
  if (uniqueId !== undefined || sessionName !== undefined || arn.endsWith("/anyone")) {
    return undefined;
  }
  return { ...suspect, uniqueId: kind === "role" ? "AROAMADEAGAIN" : "AIDAMADEAGAIN" };
}

function pinStatement(statement: Statement): Statement {
  const { Principal } = statement;
  if (Principal === undefined || Principal === "*") return statement;
  const names = asArray<string>(Principal.AWS);
  if (!names.some(isRoleOrUser)) return statement;
  const AWS = names.map((name) => (isRoleOrUser(name) ? "AROAPINNED" : name));
  const pinnedPrincipal: PolicyPrincipal = { ...Principal, AWS };
  return { ...statement, Principal: pinnedPrincipal };
}

/** Whether a principal is named by what AWS keeps as a unique ID. */
export function isRoleOrUser(name: string): boolean {
  const type = tryParseIamArn(name)?.type;
  return type === "role" || type === "user";
}
