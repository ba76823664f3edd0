import type { Partition } from "../../iam/arn";
import { asArray, type Statement } from "../../iam/policy-document";
import { invalidPrincipal, malformedPolicyDocument } from "./aws-error";
import { pinPolicy, type PinnedPolicy } from "./pinned-policy";
import type { PrincipalDirectory } from "./principal-directory";
import { parsePolicy } from "./stored-policy";

/** Takes a trust policy; refused where IAM refuses it, above all where a principal does not exist. */
export function pinTrust(
  text: string,
  directory: PrincipalDirectory,
  partition: Partition,
): PinnedPolicy {
  const written = parsePolicy(text);
  asArray(written.Statement).forEach(refuseMalformed);
  return pinPolicy(text, written, { partition, directory, invalidPrincipal });
}

function refuseMalformed(statement: Statement): void {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) {
    throw malformedPolicyDocument("Has prohibited field Resource");
  }
  if (statement.NotPrincipal !== undefined) {
    throw malformedPolicyDocument("Has prohibited field NotPrincipal");
  }
  if (statement.Principal === undefined || Object.keys(statement.Principal).length === 0) {
    throw malformedPolicyDocument("Missing required field Principal");
  }
  const actions = asArray(statement.Action);
  if (actions.length === 0 || !actions.every((action) => /^(sts:|\*$)/i.test(action))) {
    throw malformedPolicyDocument("AssumeRole policy may only specify STS AssumeRole actions.");
  }
}
