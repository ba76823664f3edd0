import { isPrincipalTrust } from "../../trust/trust";
import type { Role } from "../model";
import type { Holder, TrustEdge } from "./trust-edge";

/** The other half of every trust: which roles each identity may assume. Never typed, always derived. */
export class OtherHalves {
  private readonly roleArns = new Map<string, Set<string>>();

  /** `unasked`: roles that no entry defines, such as execution roles. */
  constructor(edges: readonly TrustEdge[], unasked: readonly Role[]) {
    for (const { trusting, holder } of edges) {
      if (holder !== undefined) this.add(holder, trusting.arn);
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
