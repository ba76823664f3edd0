import { oneOrMany, type Conditions } from "../iam/policy-document";
import type { LogSources } from "./logs";

/**
 * The condition that a service writes on behalf of these sources. `aws:PrincipalOrgID` would not do: a
 * service principal is in no organization (IAM User Guide, "AWS global condition context keys").
 */
export function sourceConditions(sources: LogSources): Conditions {
  switch (sources.kind) {
    case "organization":
      return { StringEquals: { "aws:SourceOrgID": sources.organizationId } };
    case "accounts":
      return { StringEquals: { "aws:SourceAccount": oneOrMany(sources.accountIds) } };
    case "organization-trail":
      return { StringEquals: { "aws:SourceArn": sources.trailArn } };
  }
}

/**
 * Each source alone, by the name that the lock and people have for it: `account <id>` or
 * `organization <id>`.
 */
export function sourcesByName(sources: LogSources): ReadonlyMap<string, LogSources> {
  return sources.kind === "accounts"
    ? new Map(
        sources.accountIds.map((id) => [`account ${id}`, { kind: "accounts", accountIds: [id] }]),
      )
    : new Map([[`organization ${sources.organizationId}`, sources]]);
}
