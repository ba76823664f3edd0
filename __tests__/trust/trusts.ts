import type { SharingTrust } from "../../src/sharing/shared-resource";
import type { PrincipalTrust, Trust } from "../../src/trust/trust";
import type { TrustLimits } from "../../src/trust/trust-limits";
import { tryParseIamArn } from "../../src/iam/arn";

/** A trust as the tables write it: what is left out takes the usual value. */
export type TrustCase = Partial<Omit<PrincipalTrust, "kind">> & {
  readonly kind: Trust["kind"];
  readonly groupName?: string;
  readonly permissionSet?: string;
  readonly service?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subjects?: readonly string[];
};

/** The trust that a table's case means. */
export function trustOf(written: TrustCase): Trust {
  const conditions = {
    partition: written.partition ?? "aws",
    accountId: written.accountId ?? tryParseIamArn(written.principalArn ?? "")?.accountId ?? "",
    externalId: written.externalId,
    mfa: written.mfa ?? false,
    organizationId: written.organizationId,
    ...limitsOf(written),
  };
  switch (written.kind) {
    case "role":
    case "user":
      return {
        ...conditions,
        kind: written.kind,
        principalArn: written.principalArn ?? "",
        guard: written.guard ?? [written.principalArn ?? ""],
        tighten: written.tighten ?? "role",
        uniqueId: written.uniqueId,
      };
    case "group":
      return { ...conditions, kind: "group", groupName: written.groupName ?? "" };
    case "permission-set":
      return {
        ...conditions,
        kind: "permission-set",
        permissionSet: written.permissionSet ?? "",
      };
    case "account":
      return { ...conditions, kind: "account" };
    case "service":
      return { kind: "service", service: written.service ?? "" };
    case "oidc":
      return {
        kind: "oidc",
        partition: conditions.partition,
        accountId: conditions.accountId,
        issuer: written.issuer ?? "",
        audience: written.audience ?? "",
        subjects: written.subjects ?? [],
      };
  }
}

function limitsOf(written: TrustCase): TrustLimits {
  const { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce } = written;
  const limits = { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce };
  const { expires, conditions } = written;
  const set = Object.entries({ ...limits, expires, conditions });
  return Object.fromEntries(set.filter(([, value]) => value !== undefined));
}

/** A trust that a resource may be shared with. */
export type SharingTrustCase = TrustCase & { readonly kind: SharingTrust["kind"] };

/** The trust that a table's case of a shared resource means. */
export function sharingTrust(written: SharingTrustCase): SharingTrust {
  const trust = trustOf(written);
  if (trust.kind === "role" || trust.kind === "user" || trust.kind === "account") return trust;
  throw new Error(`expected a role, a user or an account, found ${trust.kind}`);
}
