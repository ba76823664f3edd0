import type { ReadBlock } from "./found-in-stack";
import { tryKnownText } from "./resolved-text";
import { KEY_TYPE } from "./resource-names";
import { ResourceReader } from "./resource-reader";

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
      constrained: block.body.constraints !== undefined && block.body.constraints !== null,
      origin: blocks.origin(block),
    },
  });
};
