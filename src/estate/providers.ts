import { isAccountId } from "../iam/arn";
import type { ResolvedText } from "./resolved-text";
import { explainUnresolved, tryKnownText } from "./resolved-text";
import type { JsonObject, TerraformStackJson } from "./terraform-json";

/** Where a block is deployed to; a text where it is known, else the reason. */
export interface Deployment {
  readonly accountId: Fact;
  readonly partition: Fact;
  readonly region: Fact;
}

/** A fact of the configuration, or why it cannot be told. */
export type Fact = { readonly value: string } | { readonly unknown: string };

/**
 * Where the AWS provider that a block wants (`aws`, `aws.alias`) deploys to. The account is known only
 * by `allowed_account_ids` with exactly one account: whatever credentials a run has, Terraform then
 * deploys nowhere else.
 */
export function deploymentOf(
  stack: TerraformStackJson,
  wanted: unknown,
  text: (value: unknown) => ResolvedText,
): Deployment {
  const provider = findProvider(stack, wanted ?? "aws");
  if ("unknown" in provider) return { accountId: provider, partition: provider, region: provider };
  const region = factOf(provider.found.region, "region", text);
  return {
    accountId: accountIdOf(provider.found, text),
    partition: partitionOf(region, provider.found.region),
    region,
  };
}

function findProvider(
  stack: TerraformStackJson,
  wanted: unknown,
): { readonly found: JsonObject } | { readonly unknown: string } {
  const match = typeof wanted === "string" ? /^aws(?:\.([\w-]+))?$/.exec(wanted) : null;
  if (match === null) return { unknown: `${JSON.stringify(wanted)} is not an aws provider` };
  const [found, ...more] = stack.awsProviders.filter(
    (provider) => (provider.alias ?? undefined) === match[1],
  );
  if (found === undefined) return { unknown: `the stack has no provider ${match[0]}` };
  if (more.length > 0) return { unknown: `the stack has more than one provider ${match[0]}` };
  return { found };
}

function accountIdOf(provider: JsonObject, text: (value: unknown) => ResolvedText): Fact {
  const allowed: unknown = provider.allowed_account_ids;
  const values: readonly unknown[] = Array.isArray(allowed) ? allowed : [];
  if (values.length === 0) {
    return { unknown: "the provider has no allowed_account_ids, so that it may be any account" };
  }
  const ids = new Set<string>();
  for (const value of values) {
    const id = factOf(value, "allowed_account_ids", text);
    if ("unknown" in id) return id;
    ids.add(id.value);
  }
  const [id, ...more] = ids;
  if (more.length > 0)
    return { unknown: "the provider's allowed_account_ids name several accounts" };
  return isAccountId(id)
    ? { value: id }
    : { unknown: `allowed_account_ids: ${JSON.stringify(id)} is not an account ID of 12 digits` };
}

/**
 * The region's prefix tells the partition; without a region the commercial one is meant. Of the isolated
 * partitions and the European sovereign cloud nothing is known here.
 */
function partitionOf(region: Fact, given: unknown): Fact {
  if (given === undefined || given === null) return { value: "aws" };
  if ("unknown" in region) return region;
  if (/^eusc-|-iso[a-z]*-/.test(region.value)) {
    return { unknown: `the partition of region ${region.value} is not one of those known` };
  }
  if (region.value.startsWith("us-gov-")) return { value: "aws-us-gov" };
  return { value: region.value.startsWith("cn-") ? "aws-cn" : "aws" };
}

function factOf(value: unknown, attribute: string, text: (value: unknown) => ResolvedText): Fact {
  if (value === undefined || value === null) return { unknown: `the provider has no ${attribute}` };
  const resolved = text(value);
  const known = tryKnownText(resolved);
  return known === undefined
    ? { unknown: `the provider's ${attribute}: ${explainUnresolved(resolved)}` }
    : { value: known };
}
