/**
 * How a trust policy lets the caller of a use in, at its widest: `stage` is `account`, `role`, `federated`
 * or `unknown`; `words` says it for people.
 */
exports.trustOf = (document, { callerAccount, callerKind }) => {
  if (callerKind === "federated") {
    return {
      stage: "federated",
      words: "an identity provider, by the conditions of the trust policy",
    };
  }
  const found = asArray(document.Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      asArray(statement.Principal?.AWS ?? (statement.Principal === "*" ? "*" : undefined)).flatMap(
        (principal) =>
          admission(principal, statement.Condition ?? {}, callerAccount, callerKind) ?? [],
      ),
    );
  return (
    found.find(({ stage }) => stage === "account") ??
    found[0] ?? {
      stage: "unknown",
      words: `nobody of account ${callerAccount ?? "(unknown)"} any more: the trust policy was changed since`,
    }
  );
};

/** What one principal of a statement lets in; undefined where the caller is none of it. */
function admission(principal, conditions, account, kind) {
  if (principal === "*") return { stage: "account", words: "stage account: everybody (*)" };
  // What AWS shows of a principal that was deleted: its unique ID.
  if (/^(AROA|AIDA)/.test(principal)) return undefined;
  const found = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(principal);
  // An account by its ID alone is the same as its root ARN.
  const [owner, rest] = found === null ? [principal, "root"] : found.slice(1);
  if (owner !== account) return undefined;
  if (rest === "root") return ofAccount(account, conditions, kind);
  if (kind !== undefined && !rest.startsWith(`${kind}/`) && !rest.startsWith("assumed-role/")) {
    return undefined;
  }
  return { stage: "role", words: `the principal itself: ${principal}` };
}

function ofAccount(account, conditions, kind) {
  const ids = valuesOf(conditions, "aws:userid");
  if (ids.length > 0) {
    return { stage: "role", words: `the principal itself, by its unique ID: ${ids.join(", ")}` };
  }
  const arns = valuesOf(conditions, "aws:principalarn");
  if (arns.length === 0)
    return { stage: "account", words: `stage account: all of account ${account}` };
  const fit = arns.filter((arn) => kind === undefined || arn.includes(`:${kind}/`));
  if (fit.length === 0) return undefined;
  return {
    stage: "account",
    words: `stage account: account ${account}, narrowed to ${fit.join(", ")}`,
  };
}

/** Values of a condition key, whatever the operator; keys are not told apart by case. */
function valuesOf(conditions, key) {
  return Object.values(conditions).flatMap((keys) =>
    Object.entries(keys).flatMap(([name, values]) =>
      name.toLowerCase() === key ? asArray(values) : [],
    ),
  );
}

function asArray(value) {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
