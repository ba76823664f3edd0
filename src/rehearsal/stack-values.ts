import type { Traversal } from "../estate/template";
import { UnknownValue, type Attributes } from "./value";

/** What one block of the stack is known to be. */
interface BlockValues {
  readonly attributes: Attributes;
  /** Whether what is not known yet comes with the apply. */
  readonly pending: boolean;
}

/** The attributes of a stack's resources and data sources, as far as they are known by now. */
export class StackValues {
  private readonly blocks = new Map<string, BlockValues>();

  /** Sets what is known of a block; `pending`: the rest comes with the apply. */
  set(address: string, attributes: Attributes, pending: boolean): void {
    this.blocks.set(address, { attributes, pending });
  }

  /** Whether something of the block is to be known only after the apply. */
  isPending(address: string): boolean {
    return this.blocks.get(address)?.pending === true;
  }

  /** The value that a reference refers to; an UnknownValue where it is not known. */
  readonly lookup = ({ address, attribute }: Traversal): unknown => {
    const block = this.blocks.get(address);
    if (block !== undefined && attribute in block.attributes) {
      return block.attributes[attribute] ?? null;
    }
    const reason = block?.pending === true ? "known after apply" : "not simulated";
    return new UnknownValue(
      [{ expression: `${address}.${attribute}`, reason }],
      block?.pending === true,
    );
  };
}
