import type { KeyGrant } from "./estate";
import type { ReadBlock } from "./found-in-stack";
import { tryKnownText } from "./resolved-text";
import { KEY_TYPE } from "./resource-names";
import { ResourceReader } from "./resource-reader";
import { tryBlockList } from "./terraform-json";

/** `aws_kms_grant`; the key may be another account's. */
export const readKeyGrant: ReadBlock = (blocks, block, found) => {
  const reader = new ResourceReader(blocks, block);
  const key = reader.named(KEY_TYPE, "key_id");
  const granteePrincipal = reader.text("grantee_principal", block.body.grantee_principal);
  if (key === undefined || granteePrincipal === undefined) return;
  const given: unknown = block.body.operations;
  const operations = (Array.isArray(given) ? given : [given]).map((operation) =>
    tryKnownText(blocks.references.text(operation)),
  );
  if (operations.includes(undefined)) reader.report("operations", "an operation cannot be told");
  const retiringPrincipal = reader.optional("retiring_principal");
  found.keyGrants.push({
    key,
    grant: {
      granteePrincipal,
      ...(retiringPrincipal !== undefined && { retiringPrincipal }),
      operations: operations.filter((operation) => operation !== undefined).sort(),
      ...constraintsOf(reader),
      origin: blocks.origin(block),
    },
  });
};

/**
 * Constraints as conditions: the encryption context must have all of these pairs, and where it must be
 * equal to them no others (KMS API Reference, "GrantConstraints").
 */
function constraintsOf(reader: ResourceReader): Pick<KeyGrant, "constrained" | "conditions"> {
  const { blocks, block } = reader;
  const written = block.body.constraints;
  if (written === undefined || written === null) return { constrained: false };
  const [constraints, ...others] = tryBlockList(written) ?? [];
  const [form, ...more] = FORMS.filter((one) => typeof constraints?.[one] === "object");
  const pairs = Object.entries(constraints?.[form] ?? {}).map(
    ([key, value]) => [key, tryKnownText(blocks.references.text(value))] as const,
  );
  const isKnown = pairs.every((pair): pair is [string, string] => pair[1] !== undefined);
  if (form === undefined || others.length > 0 || more.length > 0 || !isKnown) {
    reader.report("constraints", "they are not one map of known texts");
    return { constrained: true };
  }
  const exactly = form === "encryption_context_equals" && {
    "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": pairs.map(([key]) => key) },
  };
  return {
    constrained: true,
    conditions: {
      StringEquals: Object.fromEntries(
        pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
      ),
      ...exactly,
    },
  };
}

const FORMS = ["encryption_context_equals", "encryption_context_subset"] as const;
