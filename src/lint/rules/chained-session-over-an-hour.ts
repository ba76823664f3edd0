import type { Access } from "../../estate/access";
import { tryParseIamArn } from "../../iam/arn";
import type { LintRule } from "../rule";

/** The longest session by role chaining, in seconds. */
const CHAINED_SESSION = 3600;

/** A session duration that nobody who can get in may ask for. */
export const chainedSessionOverAnHour: LintRule = {
  id: "chained-session-over-an-hour",
  severity: "warning",
  explains:
    "only roles assume this role, and a session by role chaining ends after an hour whatever the role grants: asking for more fails",
  remedy: "write a maxSessionDuration of 3600, or let users or an identity provider assume it",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining",
  find({ estate, accesses }) {
    const into = new Map<string, Access[]>();
    for (const access of accesses) {
      const known = into.get(access.roleArn);
      if (known === undefined) into.set(access.roleArn, [access]);
      else known.push(access);
    }
    return [...estate.identities.values()].flatMap((role) => {
      const { arn, accountId, origin, maxSessionDuration = CHAINED_SESSION } = role;
      const callers = into.get(arn) ?? [];
      if (maxSessionDuration <= CHAINED_SESSION || callers.length === 0) return [];
      if (!callers.every(({ principal }) => tryParseIamArn(principal)?.type === "role")) return [];
      const found = `${maxSessionDuration} seconds, for ${callers.map(({ principal }) => principal).join(", ")}`;
      return [{ ownerArn: arn, accountId, origin, found }];
    });
  },
};
