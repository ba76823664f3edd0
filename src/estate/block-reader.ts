import { PARTITIONS } from "../iam/arn";
import type { PolicyDocument } from "../iam/policy-document";
import { showValue } from "../source/show-value";
import type { EntityName, PolicyReference } from "./declarations";
import type { Origin, Unknown } from "./estate";
import { readResourcePolicy, type policyReader } from "./policy-text";
import type { KnownFacts } from "./references";
import { References } from "./references";
import type { ResolvedText } from "./resolved-text";
import { explainUnresolved, tryKnownText } from "./resolved-text";
import { tryWholeTraversal } from "./template";
import type { TerraformBlock, TerraformStackJson } from "./terraform-json";
import { tryBlockList } from "./terraform-json";

/**
 * Reads attributes of one stack's blocks. What cannot be told comes back as undefined and is among
 * `unknowns`, with its place and the reason: a caller has nothing more to report.
 */
export class BlockReader {
  readonly references: References;
  private readonly found: Unknown[] = [];

  constructor(
    readonly stack: TerraformStackJson,
    readonly known: KnownFacts,
    private readonly readPolicy: ReturnType<typeof policyReader>,
  ) {
    this.references = new References(stack, known);
  }

  /** What could not be told so far. */
  get unknowns(): readonly Unknown[] {
    return this.found;
  }

  report(
    address: string,
    attribute: string,
    reason: string,
    bearing: Unknown["bearing"] = "access",
  ): void {
    this.found.push({ origin: { stack: this.stack.name, address }, attribute, reason, bearing });
  }

  origin(block: TerraformBlock): Origin {
    return { stack: this.stack.name, address: block.address };
  }

  /** A computed attribute or argument of the block: `name`, `path`, `arn`. */
  attribute(block: TerraformBlock, attribute: string): string | undefined {
    return this.text(block, attribute, this.references.attribute(block, attribute));
  }

  /** The role, user or group that a value names; the block's own provider says in which account. */
  entity(
    block: TerraformBlock,
    kind: EntityName["kind"],
    attribute: string,
    name: ResolvedText,
  ): EntityName | undefined {
    const accountId = this.text(block, "provider", this.references.accountId(block));
    const partition = this.text(block, "provider", this.references.partition(block));
    const known = this.text(block, attribute, name);
    const partitionFound = PARTITIONS.find((candidate) => candidate === partition);
    return accountId === undefined || partitionFound === undefined || known === undefined
      ? undefined
      : { accountId, partition: partitionFound, kind, name: known };
  }

  policyReference(block: TerraformBlock, attribute: string, value: unknown): PolicyReference {
    const text = typeof value === "string" ? value : showValue(value);
    const traversal = tryWholeTraversal(value);
    if (traversal?.type === "aws_iam_policy" && /^(arn|id)$/.test(traversal.attribute)) {
      const policy = this.stack.blockAt.get(traversal.address);
      // Told by its address even where it has no name, and so no ARN that is known before apply.
      if (policy?.mode === "resource") return { address: traversal.address, text };
    }
    const arn = this.text(block, attribute, this.references.text(value));
    return { ...(arn !== undefined && { arn }), text };
  }

  policy(block: TerraformBlock, attribute: string, value: unknown): PolicyDocument | undefined {
    // Reported for the block as a whole.
    if (this.ignoresChanges(block, attribute)) return undefined;
    const reading = this.readPolicy(this.references.text(value));
    for (const unknown of reading.unknowns) {
      this.found.push({ origin: this.origin(block), attribute, ...unknown });
    }
    return reading.document;
  }

  /** A policy on a resource, as `policy` reads those of IAM. */
  resourcePolicy(block: TerraformBlock, attribute: string): PolicyDocument | undefined {
    if (this.ignoresChanges(block, attribute)) {
      this.report(block.address, attribute, LEFT_AS_IT_IS, "resources");
      return undefined;
    }
    const reading = readResourcePolicy(this.references.text(block.body[attribute]));
    for (const unknown of reading.unknowns) {
      this.found.push({ origin: this.origin(block), attribute, ...unknown });
    }
    return reading.document;
  }

  /** Whether an argument is left as it stands in AWS, whatever the configuration says. */
  ignoresChanges(block: TerraformBlock, attribute: string): boolean {
    const argument = argumentOf(attribute);
    return ignoredArguments(block).some((ignored) => ignored === "all" || ignored === argument);
  }

  /** Reports what of a block is left as it stands in AWS, where that may bear on access. */
  reportIgnoredChanges(block: TerraformBlock): void {
    for (const argument of ignoredArguments(block)) {
      if (HARMLESS_ARGUMENTS.has(argument)) continue;
      this.report(block.address, argument, LEFT_AS_IT_IS);
    }
  }

  list(block: TerraformBlock, attribute: string): readonly unknown[] | undefined {
    const value = block.body[attribute] ?? [];
    if (Array.isArray(value)) return value;
    this.report(block.address, attribute, "an expression stands where a list is expected");
    return undefined;
  }

  /** The accounts that the stack's providers deploy to, as far as they say so. */
  accountIds(): readonly string[] {
    const deployments = this.stack.awsProviders.map(({ alias }) =>
      this.references.deployment(typeof alias === "string" ? `aws.${alias}` : undefined),
    );
    return [
      ...new Set(
        deployments.flatMap(({ accountId }) => ("value" in accountId ? [accountId.value] : [])),
      ),
    ];
  }

  private text(block: TerraformBlock, attribute: string, text: ResolvedText): string | undefined {
    const known = tryKnownText(text);
    if (known === undefined) this.report(block.address, attribute, explainUnresolved(text));
    return known;
  }
}

const LEFT_AS_IT_IS = "lifecycle.ignore_changes leaves what stands in AWS";

/** Arguments of IAM resources by which nobody gains or loses access. */
const HARMLESS_ARGUMENTS: ReadonlySet<string> = new Set([
  "description",
  "force_destroy",
  "force_detach_policies",
  "max_session_duration",
  "tags",
  "tags_all",
]);

/** What `ignore_changes` lists: arguments, or `all`. */
function ignoredArguments({ body }: TerraformBlock): readonly string[] {
  const ignored = (tryBlockList(body.lifecycle) ?? []).flatMap(
    ({ ignore_changes: given }) => given,
  );
  return ignored.flatMap((item) => (typeof item === "string" ? [argumentOf(item)] : []));
}

/** `inline_policy` of `inline_policy[0].policy`, and of an expression that names it. */
function argumentOf(attribute: string): string {
  return attribute.replace(/^\$\{|\}$/g, "").replace(/[[.].*$/, "");
}
