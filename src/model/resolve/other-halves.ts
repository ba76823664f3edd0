import type { Statement } from "../../iam/policy-document";
import { isAccountsTrust, isPrincipalTrust } from "../../trust/trust";
import { sessionPermissions, type TrustLimits } from "../../trust/trust-limits";
import type { Role } from "../model";
import type { Holder, TrustEdge } from "./trust-edge";

/** The other half of every trust: which roles each identity may assume. Never typed, always derived. */
export class OtherHalves {
  private readonly roleArns = new Map<string, Set<string>>();
  /** By holder: the limits of each role that it may assume. */
  private readonly limited = new Map<
    string,
    { readonly roleArn: string; readonly limits: TrustLimits }[]
  >();

  /** `unasked`: roles that no entry defines, such as execution roles. */
  constructor(edges: readonly TrustEdge[], unasked: readonly Role[]) {
    for (const { trusting, holder, trust } of edges) {
      if (holder === undefined) continue;
      this.add(holder, trusting.arn);
      if (isAccountsTrust(trust)) this.limit(holder, trusting.arn, trust);
    }
    for (const role of unasked) {
      for (const trust of role.trusts.filter(isPrincipalTrust)) {
        this.add({ kind: "role", key: trust.principalArn }, role.arn);
      }
    }
  }

  /** ARNs of the roles that an identity may assume, sorted. */
  of(holder: Holder): readonly string[] {
    return [...(this.roleArns.get(keyOf(holder)) ?? [])].sort();
  }

  /** What an identity may do to the sessions of roles that it assumes. */
  sessionPermissions(holder: Holder): readonly Statement[] {
    return sessionPermissions(this.limited.get(keyOf(holder)) ?? []);
  }

  private limit(holder: Holder, roleArn: string, limits: TrustLimits): void {
    const key = keyOf(holder);
    this.limited.set(key, [...(this.limited.get(key) ?? []), { roleArn, limits }]);
  }

  private add(holder: Holder, roleArn: string): void {
    const key = keyOf(holder);
    const known = this.roleArns.get(key);
    if (known === undefined) this.roleArns.set(key, new Set([roleArn]));
    else known.add(roleArn);
  }
}

function keyOf({ kind, key }: Holder): string {
  return `${kind} ${key}`;
}
