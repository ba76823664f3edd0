import { SWITCHED_ROLE_LENGTH } from "../../iam/quotas";
import { inputError, type ProblemText } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { DataPath } from "../../source/source-document";
import type { Entry } from "./entry";
import type { RoleInput } from "./schema/roles";

/** What a role's entry must not say at once, whatever other entries say. */
export function checkRoleEntry(entry: Entry<RoleInput>, problems: Problem[]): void {
  const { value } = entry;
  const report = (path: DataPath, part: "key" | "value", text: ProblemText): void => {
    problems.push(inputError(entry.at(path, part), [...entry.path, ...path], text));
  };
  if (value.existing === true) {
    for (const key of DEFINING) {
      if (value[key] === undefined) continue;
      report([key], "key", {
        expected: `no ${key} on an existing role: it stays as it is`,
        found: `${key} beside "existing": true`,
        remedy:
          key === "import"
            ? "take one of the two out: import takes the role over, existing leaves it as it is"
            : 'take it out, or write "import": true instead to take the role over',
      });
    }
  }
  const switchedTo = `${value.path ?? "/"}${value.name ?? entry.name}`;
  if (value.console !== undefined && switchedTo.length > SWITCHED_ROLE_LENGTH) {
    report(["console"], "key", {
      expected: `a path and name of at most ${SWITCHED_ROLE_LENGTH} characters together on a role with console (IAM's limit)`,
      found: `${switchedTo.length} characters`,
      remedy: "shorten them, or take console out",
    });
  }
  const sids = new Set<string>();
  (value.statements ?? []).forEach(({ Sid }, position) => {
    if (Sid === undefined || Sid === "") return;
    if (sids.has(Sid)) {
      report(["statements", position, "Sid"], "value", {
        expected: "each Sid once in a role's statements",
        found: `${showValue(Sid)} again`,
        remedy: "rename one of the two, or take it out",
      });
    }
    sids.add(Sid);
  });
  (value.trusts ?? []).forEach((trust, position) => {
    if (!("account" in trust)) return;
    if (trust.externalId !== undefined && value.console !== undefined) {
      report(["trusts", position, "externalId"], "value", {
        expected: "no externalId on a role with console",
        found: "one: the console cannot pass an external ID, so nobody could switch to the role",
        remedy: "take console out, or make a role without an external ID for people",
      });
    }
    if (trust.role !== undefined && trust.mfa === true) {
      report(["trusts", position, "mfa"], "value", {
        expected: "no mfa on a trust in a role",
        found: "true: role sessions carry no MFA, so it could never pass",
        remedy: "take it out here, and demand MFA where people assume that role",
      });
    }
    if (trust.path !== undefined && trust.role === undefined && trust.user === undefined) {
      report(["trusts", position, "path"], "key", {
        expected: "path beside a role or user",
        found: "neither",
        remedy: "take it out, or name the role",
      });
    }
  });
}

/** What makes sense only on a role that is defined by us. */
const DEFINING = [
  "console",
  "description",
  "import",
  "managedPolicies",
  "maxSessionDuration",
  "permissionsBoundary",
  "statements",
] as const;
