import { z } from "zod";

const TRUSTS = z.record(z.string(), z.record(z.string(), z.string()));
const NAMES = z.record(z.string(), z.string());

const SCHEMA = z.object({
  trusted_principals: NAMES,
  trusts: TRUSTS,
  trust_terms: TRUSTS.optional(),
  shared_keys: NAMES.optional(),
});

/** What a deployed stack says of its principals and trusts. */
export interface StackOutputs {
  /** ARN to unique ID, of the stack's principals that some stack trusts. */
  readonly trustedPrincipals: Readonly<Record<string, string>>;
  /** Trusting ARN to principal ARN to `account` or the unique ID that its policy names. */
  readonly trusts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Trusting ARN to the terms of its trusts; undefined where the stack does not say. */
  readonly trustTerms?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Alias ARN to key ARN, of the stack's KMS keys; undefined where it has none. */
  readonly sharedKeys?: Readonly<Record<string, string>>;
}

/**
 * The outputs of a stack, from plain values as `cdktf deploy --outputs-file` writes them. Undefined
 * when they are not those of a stack of ours that was applied.
 */
export function tryParseStackOutputs(outputs: unknown): StackOutputs | undefined {
  const parsed = SCHEMA.safeParse(outputs);
  if (!parsed.success) return undefined;
  const { trusted_principals, trusts, trust_terms, shared_keys } = parsed.data;
  return {
    trustedPrincipals: trusted_principals,
    trusts,
    ...(trust_terms !== undefined && { trustTerms: trust_terms }),
    ...(shared_keys !== undefined && { sharedKeys: shared_keys }),
  };
}
