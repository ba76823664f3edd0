import { accountPrincipalArn, isAccountId, tryParseIamArn, type Partition } from "../../iam/arn";
import {
  asArray,
  oneOrMany,
  policySize,
  type PolicyDocument,
  type PolicyPrincipal,
  type Statement,
} from "../../iam/policy-document";
import type { AwsError } from "./aws-error";
import type { PrincipalDirectory } from "./principal-directory";

/**
 * A trust or resource policy as AWS keeps it: each role, user and role session that it names is pinned
 * to the unique ID that it had when the policy was saved.
 */
export interface PinnedPolicy {
  /** As it was written, account IDs and unique IDs spelled as ARNs. */
  readonly document: PolicyDocument;
  /** As it was written, unique IDs spelled as ARNs. */
  readonly text: string;
  /** Principal ARN to its stored form: `AROA…`, `AIDA…` or `AROA…:session`. */
  readonly pins: ReadonlyMap<string, string>;
  /** Characters as AWS counts them against its quotas. */
  readonly size: number;
}

/** How a service takes the principals of a policy. */
export interface PinningRules {
  readonly partition: Partition;
  /** The principals of all accounts. */
  readonly directory: PrincipalDirectory;
  /** What the service says of a principal that does not exist. `kind`: `AWS`, `SERVICE`, `FEDERATED`. */
  invalidPrincipal(kind: string, value: string): AwsError;
  /** Principals of the service's own that IAM does not know; kept as they are. @default - none */
  readonly foreign?: RegExp;
}

/** Pins every principal that a policy names; refused where one of them does not exist. */
export function pinPolicy(
  text: string,
  written: PolicyDocument,
  { partition, directory, invalidPrincipal, foreign }: PinningRules,
): PinnedPolicy {
  const statements = asArray(written.Statement);
  for (const { Principal, NotPrincipal } of statements) {
    refuseNobody(Principal, invalidPrincipal);
    refuseNobody(NotPrincipal, invalidPrincipal);
  }
  const pins = new Map<string, string>();
  let namesUniqueId = false;
  const rename = (principal: string): string => {
    const account = accountOf(principal, partition);
    if (account !== undefined) return accountPrincipalArn(partition, account);
    if (principal === "*" || foreign?.test(principal) === true) return principal;
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
 * The policy as AWS shows it: an ARN while it resolves to the pinned principal, else the bare unique
 * ID, which matches nobody any more.
 */
export function shownPolicy(
  policy: PinnedPolicy,
  directory: PrincipalDirectory,
): Pick<PinnedPolicy, "document" | "text"> {
  const shown = new Map<string, string>();
  for (const [arn, id] of policy.pins) {
    const current = directory.arnOf(id) ?? id;
    if (current !== arn) shown.set(arn, current);
  }
  if (shown.size === 0) return policy;
  const document = {
    ...policy.document,
    Statement: asArray(policy.document.Statement).map((statement) =>
      withPrincipals(statement, (principal) => shown.get(principal) ?? principal),
    ),
  };
  return { document, text: JSON.stringify(document) };
}

function refuseNobody(
  principal: PolicyPrincipal | undefined,
  invalidPrincipal: PinningRules["invalidPrincipal"],
): void {
  if (principal === undefined || principal === "*") return;
  for (const service of asArray(principal.Service)) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service)) {
      throw invalidPrincipal("SERVICE", service);
    }
  }
  for (const federated of asArray(principal.Federated)) {
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
  const { Principal, NotPrincipal } = statement;
  return {
    ...statement,
    ...(Principal !== undefined && { Principal: renamed(Principal, rename) }),
    ...(NotPrincipal !== undefined && { NotPrincipal: renamed(NotPrincipal, rename) }),
  };
}

function renamed(principal: PolicyPrincipal, rename: (name: string) => string): PolicyPrincipal {
  return principal === "*" || principal.AWS === undefined
    ? principal
    : { ...principal, AWS: oneOrMany(asArray(principal.AWS).map(rename)) };
}
