import { showValue } from "../source/show-value";
import type { AttributeContext } from "./attributes";
import { attributeOf } from "./attributes";
import type { ExistingIdentityPath } from "./existing-identity-paths";
import type { Deployment, Fact } from "./providers";
import { deploymentOf } from "./providers";
import type { ResolvedText } from "./resolved-text";
import type { TerraformBlock, TerraformStackJson } from "./terraform-json";
import { parseTemplate, tryParseTraversal, tryWholeTraversal } from "./template";

/** What is known of identities and keys besides the stack's own text. */
export interface KnownFacts {
  /** ARN to unique ID. */
  readonly uniqueIds: ReadonlyMap<string, string>;
  /** ARN of a KMS alias to that of its key. */
  readonly keyArns: ReadonlyMap<string, string>;
  /** The path of a role or user that no stack defines. */
  existingPath(accountId: string, kind: "role" | "user", name: string): ExistingIdentityPath;
}

/** Deeper than any sensible stack refers; a chain that is longer is most probably a mistake. */
const MAX_DEPTH = 50;

/** Locals that repeat each other double with every step: a few dozen would fill the memory. */
const MAX_PARTS = 10_000;

/** What the first part of an expression says that is no resource of the stack. */
const OTHER_SCOPES: ReadonlyMap<string, string> = new Map([
  ["var", "a variable's value is given at apply"],
  ["module", "modules are not read"],
  ["each", "for_each is not read"],
  ["count", "count is not read"],
  ["self", "known only after apply"],
  ["path", "depends on the machine"],
  ["terraform", "depends on the run"],
]);

/**
 * Resolves the references inside one stack: to attributes of its resources and data sources, and to
 * its locals. What only Terraform can tell stays in its place as unresolved, with the reason.
 */
export class References implements AttributeContext {
  private readonly resolved = new Map<string, ResolvedText>();
  private readonly inProgress = new Set<string>();
  private aliases?: ReadonlyMap<TerraformBlock, readonly TerraformBlock[]>;
  private readonly deployments = new Map<unknown, Deployment>();

  constructor(
    private readonly stack: TerraformStackJson,
    private readonly known: KnownFacts,
  ) {}

  text(value: unknown): ResolvedText {
    if (typeof value !== "string") {
      return [{ expression: showValue(value), reason: "a text is expected here" }];
    }
    const parts = parseTemplate(value).flatMap((part) =>
      part.kind === "text" ? [part.text] : this.expression(part.expression),
    );
    return parts.length > MAX_PARTS
      ? [{ expression: value, reason: `refers to more than ${MAX_PARTS} texts` }]
      : parts;
  }

  attribute(block: TerraformBlock, attribute: string): ResolvedText {
    return this.once(`${block.address}.${attribute}`, () => attributeOf(block, attribute, this));
  }

  accountId(block: TerraformBlock): ResolvedText {
    return factText(block, "account", this.deployment(block.body.provider).accountId);
  }

  partition(block: TerraformBlock): ResolvedText {
    return factText(block, "partition", this.deployment(block.body.provider).partition);
  }

  region(block: TerraformBlock): ResolvedText {
    const { provider, region } = block.body;
    return region === undefined || region === null
      ? factText(block, "region", this.deployment(provider).region)
      : this.flat(`${block.address}.region`, () => this.text(region));
  }

  tryUniqueId(arn: string): string | undefined {
    return this.known.uniqueIds.get(arn);
  }

  existingRolePath(accountId: string, roleName: string): string {
    return this.known.existingPath(accountId, "role", roleName).path;
  }

  tryKeyArn(aliasArn: string): string | undefined {
    return this.known.keyArns.get(aliasArn);
  }

  aliasesOfKey(key: TerraformBlock): readonly TerraformBlock[] {
    this.aliases ??= this.aliasesByKey();
    return this.aliases.get(key) ?? [];
  }

  tryKeyOfAlias({ body }: TerraformBlock): TerraformBlock | undefined {
    return this.tryKey(body.target_key_id);
  }

  /** The KMS key of the stack that a value refers to, by its ARN or its ID. */
  tryKey(value: unknown): TerraformBlock | undefined {
    const traversal = tryWholeTraversal(value);
    if (traversal === undefined || !/^(arn|id|key_id)$/.test(traversal.attribute)) return undefined;
    const isKey = /^aws_kms_(replica_)?key$/.test(traversal.type);
    return isKey ? this.stack.blockAt.get(traversal.address) : undefined;
  }

  /** Where a block with this `provider` argument is deployed to; without one, the default provider's. */
  deployment(provider: unknown): Deployment {
    const found = this.deployments.get(provider);
    if (found !== undefined) return found;
    const deployment = deploymentOf(this.stack, provider, (value) =>
      this.flat(`provider ${JSON.stringify(provider)}`, () => this.text(value)),
    );
    this.deployments.set(provider, deployment);
    return deployment;
  }

  private aliasesByKey(): ReadonlyMap<TerraformBlock, readonly TerraformBlock[]> {
    const byKey = new Map<TerraformBlock, TerraformBlock[]>();
    for (const block of this.stack.blocks) {
      const key =
        block.mode === "resource" && block.type === "aws_kms_alias"
          ? this.tryKeyOfAlias(block)
          : undefined;
      if (key === undefined) continue;
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, [block]);
      else found.push(block);
    }
    return byKey;
  }

  private expression(expression: string): ResolvedText {
    const local = /^local\.([\w-]+)$/.exec(expression);
    if (local !== null) {
      return this.stack.locals.has(local[1])
        ? this.once(expression, () => this.text(this.stack.locals.get(local[1])))
        : [{ expression, reason: "the stack has no such local" }];
    }
    const traversal = tryParseTraversal(expression);
    const scope = OTHER_SCOPES.get(/^\w+/.exec(expression)?.[0] ?? "");
    if (scope !== undefined && /^\w+\./.test(expression)) return [{ expression, reason: scope }];
    if (traversal === undefined) {
      return [{ expression, reason: "not a plain reference: only Terraform can evaluate it" }];
    }
    const block = this.stack.blockAt.get(traversal.address);
    return block === undefined
      ? [{ expression, reason: `the stack has no ${traversal.address}` }]
      : this.attribute(block, traversal.attribute);
  }

  /** Resolves each reference once, and stops where one leads back to itself. */
  private once(reference: string, resolve: () => ResolvedText): ResolvedText {
    const found = this.resolved.get(reference);
    if (found !== undefined) return found;
    const text = this.flat(reference, resolve);
    this.resolved.set(reference, text);
    return text;
  }

  private flat(reference: string, resolve: () => ResolvedText): ResolvedText {
    if (this.inProgress.has(reference)) {
      return [{ expression: reference, reason: "refers to itself" }];
    }
    if (this.inProgress.size >= MAX_DEPTH) {
      return [{ expression: reference, reason: `refers through more than ${MAX_DEPTH} others` }];
    }
    this.inProgress.add(reference);
    try {
      return resolve();
    } finally {
      this.inProgress.delete(reference);
    }
  }
}

function factText(block: TerraformBlock, what: string, fact: Fact): ResolvedText {
  return "value" in fact
    ? [fact.value]
    : [{ expression: `${what} of ${block.address}`, reason: fact.unknown }];
}
