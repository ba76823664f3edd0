import type { RequestContext } from "../../iam/evaluation/request";
import type { OneOrMany } from "../../iam/policy-document";
import type { WithInput } from "./schema";

/**
 * What a request carries. What a test does not say is not carried, but for what every request has: its
 * time, its address unless it comes through a VPC endpoint, and the name of the session that it begins.
 * Those have some value that nobody said, so that an answer which depends on it is unknown.
 */
export function requestContext(
  { callerSession: _, sourceVpce, keys, mfa, mfaAge, sessionName, ...given }: WithInput,
  organizationId: string | undefined,
): RequestContext {
  const { time, sourceIp } = given;
  const unsaid = [
    ...(time === undefined ? ["aws:currenttime", "aws:epochtime"] : []),
    ...(sourceIp === undefined && sourceVpce === undefined ? ["aws:sourceip"] : []),
    ...(sessionName === undefined ? ["sts:rolesessionname"] : []),
  ];
  const further: Record<string, OneOrMany<string>> = {
    ...keys,
    ...(sourceVpce !== undefined && { "aws:SourceVpce": sourceVpce }),
  };
  return {
    ...given,
    roleSessionName: sessionName,
    mfa: mfa === true || mfaAge !== undefined,
    mfaAge,
    organizationId,
    keys: further,
    unsaid: new Set(unsaid),
  };
}
