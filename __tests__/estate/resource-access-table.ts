import type { AccessOptions } from "../../src/estate/access";
import type { EstateResource, KeyGrant } from "../../src/estate/estate";
import { resourceAccessOf, type ResourceAccess } from "../../src/estate/resource-access";
import {
  documentOf,
  estateOf,
  shorten,
  spellOut,
  type Policy,
  type TableIdentity,
} from "./access-table";

const OWNER = "444455556666";

/** A rule with a resource of account A that shows it; ARNs of roles and users as in the access tables. */
export interface ResourceRule {
  readonly rule: string;
  readonly identities: Readonly<Record<string, TableIdentity>>;
  readonly resource: {
    readonly arn: string;
    /** @default - none */
    readonly policy?: Policy;
    readonly grants?: readonly Pick<KeyGrant, "granteePrincipal" | "operations" | "constrained">[];
  };
  readonly actions: readonly string[];
  /** What the actions are done to. @default - the resource */
  readonly target?: string;
  /** @default "do not exist" */
  readonly unlisted?: AccessOptions["unlisted"];
  /** `B:role/bar s3:GetObject allowed by principal with organization o-a`; sorted. */
  readonly access: readonly string[];
}

/** Who can do what, spelled as in a rule's `access`. */
export function resourceAccessLines(rule: ResourceRule): readonly string[] {
  const { identities, resource, actions, target, unlisted = "do not exist" } = spellOut(rule);
  const accounts = new Map([[OWNER, { id: OWNER, stacks: ["test"] }]]);
  const estate = { ...estateOf(identities), accounts };
  const question = { resource: resourceOf(resource), actions, arn: target };
  return resourceAccessOf(estate, [question], { unlisted }).map(line).sort();
}

/** A resource of account A. */
export function resourceOf({ arn, policy, grants = [] }: ResourceRule["resource"]): EstateResource {
  const origin = { stack: "test", address: "test" };
  return {
    type: `aws_${arn.split(":")[2]}`,
    arn,
    accountId: OWNER,
    policy: policy === undefined || policy === "unknown" ? policy : documentOf(policy),
    grants: grants.map((grant) => ({ ...grant, origin })),
    defined: true,
    origin,
  };
}

function line({ principal, action, result, by, needs }: ResourceAccess): string {
  const brought = needs.length === 0 ? "" : ` with ${needs.join(", ")}`;
  return shorten(`${principal} ${action} ${result} by ${by}${brought}`);
}
