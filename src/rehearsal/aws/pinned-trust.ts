import { isAccountId, tryParseIamArn, accountPrincipalArn, type Partition } from "../../iam/arn";
import type { PolicyDocument, PolicyPrincipal, Statement } from "../../iam/policy-document";
import { asArray, oneOrMany, policySize } from "../../iam/policy-document";
import { invalidPrincipal, malformedPolicyDocument } from "./aws-error";
import type { PrincipalDirectory } from "./principal-directory";
import { parsePolicy } from "./stored-policy";

/**
 * A role's trust policy as IAM keeps it: each role, user and role session that it names is pinned to
 * the unique ID that it had when the policy was saved.
 */
export interface PinnedTrust {
  /** As it was written, account IDs and unique IDs spelled as ARNs. */
  readonly document: PolicyDocument;
  /** As it was written, unique IDs spelled as ARNs. */
  readonly text: string;
  /** Principal ARN to its stored form: `AROA…`, `AIDA…` or `AROA…:session`. */
  readonly pins: ReadonlyMap<string, string>;
  /** Characters as AWS counts them against its quotas. */
  readonly size: number;
}

/** Takes a trust policy; refused where IAM refuses it, above all where a principal does not exist. */
export function pinTrust(
  text: string,
  directory: PrincipalDirectory,
  partition: Partition,
): PinnedTrust {
  const written = parsePolicy(text);
  const statements = asArray(written.Statement);
  statements.forEach(refuseMalformed);
  const pins = new Map<string, string>();
  let namesUniqueId = false;
  const rename = (principal: string): string => {
    const account = accountOf(principal, partition);
    if (account !== undefined) return accountPrincipalArn(partition, account);
    if (principal === "*") return principal;
    const id = inPartition(principal, partition) ? directory.idOf(principal) : undefined;
    const arn = id === undefined ? undefined : directory.arnOf(id);
    if (id === undefined || arn === undefined) throw invalidPrincipal("AWS", principal);
    pins.set(arn, id);
    namesUniqueId ||= arn !== principal;
    return arn;
  };
  const document = { ...written, Statement: statements.map((s) => withPrincipals(s, rename)) };
  return {
    document,
    text: namesUniqueId ? JSON.stringify(document) : text,
    pins,
    size: policySize(written),
  };
}

/**
 * The trust policy as IAM shows it: an ARN while it resolves to the pinned principal, else the bare
 * unique ID, which matches nobody any more.
 */
export function shownTrust(
  trust: PinnedTrust,
  directory: PrincipalDirectory,
): Pick<PinnedTrust, "document" | "text"> {
  const shown = new Map<string, string>();
  for (const [arn, id] of trust.pins) {
    const current = directory.arnOf(id) ?? id;
    if (current !== arn) shown.set(arn, current);
  }
  if (shown.size === 0) return trust;
  const document = {
    ...trust.document,
    Statement: asArray(trust.document.Statement).map((statement) =>
      withPrincipals(statement, (principal) => shown.get(principal) ?? principal),
    ),
  };
  return { document, text: JSON.stringify(document) };
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
  if (statement.Principal === "*") return;
  for (const service of asArray(statement.Principal.Service)) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service)) {
      throw invalidPrincipal("SERVICE", service);
    }
  }
  for (const federated of asArray(statement.Principal.Federated)) {
    if (
      !/^([a-z0-9-]+\.)+[a-z]{2,}$|^arn:[^:]+:iam::\d{12}:(oidc|saml)-provider\/./.test(federated)
    ) {
      throw invalidPrincipal("FEDERATED", federated);
    }
  }
}

/** The account that an account principal names: `arn:…:root`, or the bare ID. */
function accountOf(principal: string, partition: Partition): string | undefined {
  if (isAccountId(principal)) return principal;
  const arn = tryParseIamArn(principal);
  return arn?.type === "root" && arn.service === "iam" && arn.partition === partition
    ? arn.accountId
    : undefined;
}

function inPartition(principal: string, partition: Partition): boolean {
  return !principal.startsWith("arn:") || principal.startsWith(`arn:${partition}:`);
}

function withPrincipals(statement: Statement, rename: (principal: string) => string): Statement {
  const principal: PolicyPrincipal | undefined = statement.Principal;
  if (principal === undefined || principal === "*" || principal.AWS === undefined) return statement;
  return {
    ...statement,
    Principal: { ...principal, AWS: oneOrMany(asArray(principal.AWS).map(rename)) },
  };
}
