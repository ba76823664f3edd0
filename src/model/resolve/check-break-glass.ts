import { showValue } from "../../source/show-value";
import type { Entry } from "../file/entry";
import type { RoleInput } from "../file/schema/roles";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { TrustEdge } from "./trust-edge";

/** Seconds: the shortest that IAM lets a role's sessions last at most. */
const SHORT_SESSION = 3_600;

/** What a role for emergencies must be, so that its use is seen and soon over. */
export function checkBreakGlass(
  entries: readonly Entry<RoleInput>[],
  edges: readonly TrustEdge[],
  problems: ProblemList,
): void {
  for (const entry of entries) {
    if (entry.value.breakGlass !== true) continue;
    checkEntry(entry, problems);
    const wrong = edges.find(
      ({ trusting, trust }) => trusting.entry === entry && !isPersonWithMfa(trust),
    );
    if (wrong === undefined || entry.leftOut.has("trusts")) continue;
    problems.error(placeOf(entry, ["trusts", wrong.position]), {
      expected: "people with MFA in a role with breakGlass: a group or a user",
      found: found(wrong.trust),
      remedy: "trust a group or a user, without mfa false",
    });
  }
}

function checkEntry(entry: Entry<RoleInput>, problems: ProblemList): void {
  const { existing, maxSessionDuration = SHORT_SESSION, notify } = entry.value;
  if (existing === true) {
    problems.error(placeOf(entry, ["existing"], "key"), {
      expected:
        "a role with breakGlass that is defined here: whom an existing one trusts is not known",
      found: "existing",
      remedy: 'write "import": true instead, or take breakGlass out',
    });
  }
  if (maxSessionDuration > SHORT_SESSION) {
    problems.error(placeOf(entry, ["maxSessionDuration"]), {
      expected: `sessions of at most ${SHORT_SESSION} seconds in a role with breakGlass`,
      found: showValue(maxSessionDuration),
      remedy: "take it out: an hour is the default",
    });
  }
  if (notify !== true && !entry.leftOut.has("notify")) {
    problems.error(placeOf(entry, ["breakGlass"]), {
      expected: '"notify": true beside breakGlass: each use is told (docs/notify.md)',
      found: "none",
      remedy: 'write "notify": true, and notifications at the top of the file',
    });
  }
}

function isPersonWithMfa(trust: TrustEdge["trust"]): boolean {
  return (trust.kind === "group" || trust.kind === "user") && trust.mfa;
}

function found(trust: TrustEdge["trust"]): string {
  switch (trust.kind) {
    case "group":
      return `group ${trust.groupName} without MFA`;
    case "user":
      return `${trust.principalArn} without MFA`;
    case "role":
      return `${trust.principalArn}, whose sessions carry no MFA`;
    case "permission-set":
      return `permission set ${trust.permissionSet}, whose sessions carry no MFA`;
    case "account":
      return `all of account ${trust.accountId}`;
    case "service":
      return trust.service;
    case "oidc":
      return `tokens of ${trust.issuer}`;
  }
}
