/**
 * What an event says of the use of a role: by AssumeRole, AssumeRoleWithSAML or AssumeRoleWithWebIdentity, or
 * by a switch in the console. Undefined where it is none, or of a role of another account than the one whose
 * CloudTrail wrote it.
 */
exports.readUse = (event) => {
  const { detail, account } = event;
  const use = event.source === "aws.signin" ? readSwitch(detail) : readAssume(detail);
  // CloudTrail may leave the recipient out; EventBridge never leaves out the account.
  const recipient = detail.recipientAccountId ?? account;
  if (use === undefined || use.account !== account || recipient !== account) {
    return undefined;
  }
  return {
    ...use,
    event: detail.eventName,
    time: detail.eventTime,
    region: detail.awsRegion,
    address: detail.sourceIPAddress,
    eventId: detail.eventID,
    error: detail.errorCode,
  };
};

function readAssume({ userIdentity, requestParameters }) {
  const { roleArn, roleSessionName, sourceIdentity } = requestParameters ?? {};
  const found = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn ?? "");
  if (found === null) return undefined;
  const [, partition, account, roleName] = found;
  return {
    partition,
    account,
    role: roleArn,
    roleName,
    session: roleSessionName,
    sourceIdentity,
    ...callerOf(userIdentity ?? {}),
  };
}

/** The sign-in event is the session's own; who switched stands beside it. */
function readSwitch({ userIdentity, additionalEventData }) {
  const found = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(
    userIdentity?.arn ?? "",
  );
  if (found === null) return undefined;
  const [, partition, account, roleName, session] = found;
  const caller = additionalEventData?.SwitchFrom;
  return {
    partition,
    account,
    role: `${roleName} (its path is not in the event)`,
    roleName,
    session,
    caller: caller ?? "somebody in the console",
    callerKind: caller === undefined ? undefined : kindOfArn(caller),
    callerAccount: /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(caller ?? "")?.[1],
  };
}

/** Of a caller in another account CloudTrail tells the account and the unique ID alone. */
function callerOf({ type, principalId, accountId, arn, userName, identityProvider }) {
  if (type === "SAMLUser" || type === "WebIdentityUser") {
    const who = userName ?? principalId ?? "somebody";
    return {
      caller: identityProvider === undefined ? who : `${who} of ${identityProvider}`,
      callerKind: "federated",
    };
  }
  return {
    caller: arn ?? principalId ?? "somebody",
    callerKind: arn === undefined ? kindOfId(principalId ?? "") : kindOfArn(arn),
    callerAccount: accountId,
  };
}

/** IAM User Guide, "Understanding unique ID prefixes". */
function kindOfId(principalId) {
  if (principalId.startsWith("AROA")) return "role";
  return principalId.startsWith("AIDA") ? "user" : undefined;
}

function kindOfArn(arn) {
  if (/:assumed-role\/|:role\//.test(arn)) return "role";
  return /:user\//.test(arn) ? "user" : undefined;
}
