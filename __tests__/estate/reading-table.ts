import type { Estate, EstateResource, Identity, KeyGrant } from "../../src/estate/estate";
import { readEstate } from "../../src/estate/read-estate";
import { isJsonObject, type JsonObject } from "../../src/estate/terraform-json";
import { asArray, oneOrMany, type OneOrMany, type Statement } from "../../src/iam/policy-document";

/** A rule with stacks that show it. */
export interface ReadingRule {
  readonly rule: string;
  /**
   * Terraform JSON by stack name. Policies may stand as objects, and a stack without a provider deploys
   * to account 444455556666.
   */
  readonly stacks: Readonly<Record<string, unknown>>;
  /** ARN of a KMS alias to that of its key. @default - none is known */
  readonly keyArns?: Readonly<Record<string, string>>;
  /** `ARN (looked up) has policy, unread policy? within boundary`; sorted. */
  readonly identities: readonly string[];
  /** In the order of the stacks. @default - none */
  readonly resources?: readonly ResourceRow[];
  /** `account kind policy`, `policy?` for one that cannot be read; sorted. @default - none */
  readonly controls?: readonly string[];
  /**
   * `stack address attribute: reason`, `(resources)` where it bears on resources alone, and `(elsewhere)`
   * where it bears on neither; sorted.
   */
  readonly unknowns: readonly string[];
}

/** A resource without origins, its policy by its statements. */
interface ResourceRow extends Omit<
  EstateResource,
  "origin" | "policy" | "policyOrigins" | "grants"
> {
  readonly policy?: "unknown" | OneOrMany<Statement>;
  readonly grants?: readonly Omit<KeyGrant, "origin">[];
}

/** The estate of a rule's stacks. */
export function estateOfRule({ stacks, keyArns = {} }: ReadingRule): Estate {
  return readEstate(
    new Map(
      Object.entries(stacks).map(([name, stack]) => [
        name,
        isJsonObject(stack) ? { provider: PROVIDER, ...withPolicyTexts(stack) } : stack,
      ]),
    ),
    { keyArns: new Map(Object.entries(keyArns)) },
  );
}

const PROVIDER = { aws: [{ region: "eu-west-1", allowed_account_ids: ["444455556666"] }] };

/** Terraform takes policies as texts: as objects they are easier to read. */
function withPolicyTexts(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(policy|assume_role_policy|content)$/.test(key) && isJsonObject(inner)
        ? JSON.stringify({ Version: "2012-10-17", Statement: inner })
        : deeper(inner),
    ]),
  );
}

function deeper(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deeper);
  return isJsonObject(value) ? withPolicyTexts(value) : value;
}

/** The identities of an estate as lines. */
export function identityLines({ identities }: Estate): readonly string[] {
  return [...identities.values()].map(line).sort();
}

function line({ arn, defined, trustPolicy, policies, permissionsBoundary }: Identity): string {
  const has = policies.map(({ name, group, document }) => {
    const through = group === undefined ? "" : ` of group ${group}`;
    return `${name}${document === undefined ? "?" : ""}${through}`;
  });
  const boundary = permissionsBoundary === "unknown" ? " within ?" : " within a boundary";
  return [
    arn,
    defined ? "" : " (looked up)",
    defined && trustPolicy === "unknown" ? " with unknown trust" : "",
    has.length === 0 ? "" : ` has ${has.join(", ")}`,
    permissionsBoundary === undefined ? "" : boundary,
  ].join("");
}

/** The control policies of an estate as lines. */
export function controlLines({ controlPolicies = new Map() }: Estate): readonly string[] {
  return [...controlPolicies]
    .flatMap(([account, policies]) =>
      (["service", "resource"] as const).flatMap((kind) =>
        (policies[kind] ?? [])
          .flat()
          .map(({ name, document }) => `${account} ${kind} ${name}${document ? "" : "?"}`),
      ),
    )
    .sort();
}

/** The resources of an estate as rows. */
export function resourceRows({ resources }: Estate): readonly ResourceRow[] {
  return [...resources.values()].map(rowOf);
}

function rowOf({
  origin: _,
  policyOrigins: __,
  policy,
  grants,
  ...resource
}: EstateResource): ResourceRow {
  return {
    ...resource,
    ...(policy !== undefined && {
      policy: policy === "unknown" ? policy : oneOrMany(asArray(policy.Statement)),
    }),
    ...(grants.length > 0 && { grants: grants.map(({ origin: ___, ...grant }) => grant) }),
  };
}

const SUFFIX = { access: "", resources: " (resources)", other: " (elsewhere)" } as const;

/** The unknowns of an estate as lines. */
export function unknownLines({ unknowns }: Estate): readonly string[] {
  return unknowns
    .map(({ origin: { stack, address }, attribute, reason, bearing }) => {
      const where = [stack, address, attribute].filter((part) => part !== "").join(" ");
      return `${where}: ${reason}${SUFFIX[bearing]}`;
    })
    .sort();
}
