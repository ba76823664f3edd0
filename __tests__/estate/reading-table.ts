import type { Estate, Identity } from "../../src/estate/estate";
import { readEstate } from "../../src/estate/read-estate";
import { isJsonObject, type JsonObject } from "../../src/estate/terraform-json";

/** A rule with stacks that show it. */
export interface ReadingRule {
  readonly rule: string;
  /**
   * Terraform JSON by stack name. Policies may stand as objects, and a stack without a provider deploys
   * to account 444455556666.
   */
  readonly stacks: Readonly<Record<string, unknown>>;
  /** `ARN (looked up) has policy, unread policy? within boundary`; sorted. */
  readonly identities: readonly string[];
  /** `stack address attribute: reason`, and `(elsewhere)` where it has no bearing on access; sorted. */
  readonly unknowns: readonly string[];
}

/** The estate of a rule's stacks. */
export function estateOfRule({ stacks }: ReadingRule): Estate {
  return readEstate(
    new Map(
      Object.entries(stacks).map(([name, stack]) => [
        name,
        isJsonObject(stack) ? { provider: PROVIDER, ...withPolicyTexts(stack) } : stack,
      ]),
    ),
  );
}

const PROVIDER = { aws: [{ region: "eu-west-1", allowed_account_ids: ["444455556666"] }] };

/** Terraform takes policies as texts: as objects they are easier to read. */
function withPolicyTexts(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(policy|assume_role_policy)$/.test(key) && isJsonObject(inner)
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

/** The unknowns of an estate as lines. */
export function unknownLines({ unknowns }: Estate): readonly string[] {
  return unknowns
    .map(({ origin: { stack, address }, attribute, reason, bearing }) => {
      const where = [stack, address, attribute].filter((part) => part !== "").join(" ");
      return `${where}: ${reason}${bearing === "other" ? " (elsewhere)" : ""}`;
    })
    .sort();
}
