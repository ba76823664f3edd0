import { PARTITIONS } from "../iam/arn";
import type { BlockReader } from "./block-reader";
import type { ResourceName } from "./declarations";
import { explainUnresolved, tryKnownText, type ResolvedText } from "./resolved-text";
import { KEY_TYPE, tryResourceName, type Place } from "./resource-names";
import type { TerraformBlock } from "./terraform-json";

/**
 * Reads what one block says of resources with policies. As with BlockReader, what comes back as
 * undefined is among its unknowns.
 */
export class ResourceReader {
  constructor(
    readonly blocks: BlockReader,
    readonly block: TerraformBlock,
  ) {}

  /** An argument of the block, where it is given; undefined and not reported where it is not. */
  optional(argument: string): string | undefined {
    const value = this.block.body[argument];
    return value === undefined || value === null ? undefined : this.text(argument, value);
  }

  /** A value of the block that must be a text. */
  text(argument: string, value: unknown): string | undefined {
    return this.known(argument, this.blocks.references.text(value));
  }

  /** The resource of a type that an argument of the block names. */
  named(type: string, argument: string, fallback?: string): ResourceName | undefined {
    const value = this.block.body[argument] ?? fallback;
    const key = type === KEY_TYPE ? this.blocks.references.tryKey(value) : undefined;
    return this.resource(
      type,
      argument,
      key === undefined
        ? this.blocks.references.text(value)
        : this.blocks.references.attribute(key, "arn"),
    );
  }

  /** The block as a resource of a type, by its ARN. */
  itself(type: string): ResourceName | undefined {
    return this.resource(type, "arn", this.blocks.references.attribute(this.block, "arn"));
  }

  report(attribute: string, reason: string): void {
    this.blocks.report(this.block.address, attribute, reason, "resources");
  }

  private resource(type: string, attribute: string, text: ResolvedText): ResourceName | undefined {
    const known = this.known(attribute, text);
    const place = this.place();
    if (known === undefined || place === undefined) return undefined;
    const found = tryResourceName(type, known, place);
    if (found === undefined) this.report(attribute, `${known} does not name a ${type}`);
    // An alias stands for its key only where the key's own ARN is not known.
    const keyArn = this.blocks.known.keyArns.get(found?.arn ?? "");
    return found === undefined || keyArn === undefined ? found : { ...found, arn: keyArn };
  }

  private place(): Place | undefined {
    const { references } = this.blocks;
    const partitionText = this.known("provider", references.partition(this.block));
    const partition = PARTITIONS.find((known) => known === partitionText);
    const accountId = this.known("provider", references.accountId(this.block));
    const region = this.known("region", references.region(this.block));
    return partition === undefined || accountId === undefined || region === undefined
      ? undefined
      : { partition, accountId, region };
  }

  private known(attribute: string, text: ResolvedText): string | undefined {
    const known = tryKnownText(text);
    if (known === undefined) this.report(attribute, explainUnresolved(text));
    return known;
  }
}
