import { asArray, type PolicyDocument, type Statement } from "../iam/policy-document";
import { ANY_UNIQUE_ID, largestPolicySize, withConfirmation } from "../trust/trust-policy-size";
import { trustKey } from "../trust/trust-terms";
import { lambdaFunctionPolicy } from "./lambda-permissions";
import { POLICY_QUOTAS, type PolicyMeasure } from "./quotas";
import { resourcePolicy } from "./resource-policy";
import { secretKeyPolicy } from "./secret-policy";
import type { SharedResource, SharingTrust } from "./shared-resource";

/** How much of a quota a policy takes at its largest on the way from stage to stage. */
export interface PolicyUse {
  /** `resource`: of the shared resource; `key`: of the key that is made for a secret. */
  readonly policy: "resource" | "key";
  readonly measure: PolicyMeasure;
  readonly largest: number;
  readonly quota: number;
}

/** The number at the end of a `Sid`: nobody has more than 99 kinds of conditions. */
const NUMBER_LENGTH = 2;

/** What the policies of a shared resource take of each of their quotas. */
export function policyUses(resource: SharedResource): readonly PolicyUse[] {
  const quotas = POLICY_QUOTAS[resource.type];
  const bytes: readonly PolicyUse[] = [
    {
      policy: "resource",
      measure: "bytes",
      largest: largestSize(resource, policyOf),
      quota: quotas.bytes,
    },
    ...(resource.type === "secret" && resource.key.ownership === "defined"
      ? [
          {
            policy: "key" as const,
            measure: "bytes" as const,
            largest: largestSize(resource, secretKeyPolicy),
            quota: POLICY_QUOTAS["kms-key"].bytes,
          },
        ]
      : []),
  ];
  const counts = (["statements", "principals"] as const).flatMap((measure) => {
    const quota = quotas[measure];
    return quota === undefined
      ? []
      : [{ policy: "resource" as const, measure, largest: largestCount(resource, measure), quota }];
  });
  return [...bytes, ...counts];
}

function policyOf(resource: SharedResource): PolicyDocument {
  return resource.type === "lambda-function"
    ? lambdaFunctionPolicy(resource)
    : resourcePolicy(resource);
}

/** The trusts and the makers of grants are named by different statements, so each adds its largest. */
function largestSize<T extends SharedResource>(
  resource: T,
  render: (resource: T) => PolicyDocument,
): number {
  const nobody = withNobody(resource);
  const ofNobody = bytesOf(render(nobody));
  const addedBy = (trusts: readonly SharingTrust[], alone: NamingAlone<T>) => {
    const statements = (some: readonly SharingTrust[]) => statementsOf(render(alone(some))).length;
    const largest = largestPolicySize({
      trusts,
      statementsPerTrust: statements(trusts.slice(0, 1)) - statements([]),
      nameLength: NUMBER_LENGTH,
      sizeOf: (some) => bytesOf(render(alone(some))),
    });
    return largest - ofNobody;
  };
  const ofTrusts = addedBy(resource.trusts, (trusts) => ({ ...nobody, trusts }));
  if (resource.type !== "kms-key") return ofNobody + ofTrusts;
  const granteeOf = new Map(resource.grants.map((grant) => [trustKey(grant.maker), grant]));
  const ofMakers = addedBy(
    resource.grants.map(({ maker }) => maker),
    (makers) => ({
      ...nobody,
      grants: makers.map((maker) => ({ ...granteeOf.get(trustKey(maker)), maker })),
    }),
  );
  return ofNobody + ofTrusts + ofMakers;
}

/** The resource when it is shared with these alone. */
type NamingAlone<T extends SharedResource> = (trusts: readonly SharingTrust[]) => T;

/** Statements and principals on the way are among those of the two ends together. */
function largestCount(resource: SharedResource, measure: "statements" | "principals"): number {
  const ends = [undefined, ANY_UNIQUE_ID].map((uniqueId) =>
    statementsOf(policyOf(confirmed(resource, (trust) => withConfirmation(trust, uniqueId)))),
  );
  const all = ends.flat();
  if (measure === "principals") return new Set(all.flatMap(principalsOf)).size;
  return new Set(all.map((statement) => JSON.stringify({ ...statement, Sid: undefined }))).size;
}

function principalsOf({ Principal }: Statement): readonly string[] {
  if (Principal === undefined || Principal === "*") return asArray(Principal);
  return Object.values(Principal).flatMap((values) => asArray(values));
}

function confirmed<T extends SharedResource>(
  resource: T,
  confirm: (trust: SharingTrust) => SharingTrust,
): T {
  const trusts = resource.trusts.map(confirm);
  return resource.type === "kms-key"
    ? {
        ...resource,
        trusts,
        grants: resource.grants.map((grant) => ({ ...grant, maker: confirm(grant.maker) })),
      }
    : { ...resource, trusts };
}

function withNobody<T extends SharedResource>(resource: T): T {
  return resource.type === "kms-key"
    ? { ...resource, trusts: [], grants: [] }
    : { ...resource, trusts: [] };
}

function bytesOf(document: PolicyDocument): number {
  return Buffer.byteLength(JSON.stringify(document));
}

function statementsOf({ Statement }: PolicyDocument): readonly Statement[] {
  return asArray(Statement);
}
