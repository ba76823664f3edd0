import { explainUnresolved, type ResolvedText } from "../../estate/resolved-text";
import { cannotRehearse, missingArgument, wrongArgument } from "../terraform-error";
import { UnknownValue, type Attributes } from "../value";

/** A resource's arguments, resolved; each is read as the type that its resource type takes. */
export class ResourceArguments {
  constructor(
    readonly address: string,
    readonly values: Attributes,
  ) {}

  /** A text that must be there and known. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw missingArgument(this.address, name);
    return value;
  }

  /** A known text; undefined where none is given. */
  optionalText(name: string): string | undefined {
    const value = this.known(name);
    if (value === undefined) return undefined;
    if (typeof value !== "string") throw wrongArgument(this.address, name, "string");
    return value;
  }

  /** A known number; undefined where none is given. */
  optionalNumber(name: string): number | undefined {
    const value = this.known(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (Number.isNaN(number)) throw wrongArgument(this.address, name, "number");
    return number;
  }

  /** Whether a flag is set. */
  flag(name: string): boolean {
    const value = this.known(name);
    return value === true || value === "true";
  }

  /** A list of known texts; empty where none is given. */
  texts(name: string): readonly string[] {
    const value: unknown = this.known(name) ?? [];
    if (!Array.isArray(value)) throw wrongArgument(this.address, name, "set of string");
    return value.map((item: unknown) => {
      if (item instanceof UnknownValue) throw this.unknown(name, item);
      if (typeof item !== "string") throw wrongArgument(this.address, name, "set of string");
      return item;
    });
  }

  /** A policy: parts of it need not be known. */
  policy(name: string): ResolvedText {
    const value = this.values[name];
    return value instanceof UnknownValue ? value.text : [this.text(name)];
  }

  /** A policy; undefined where none is given. */
  optionalPolicy(name: string): ResolvedText | undefined {
    const value = this.values[name];
    return value === undefined || value === null || value === "" ? undefined : this.policy(name);
  }

  private known(name: string): unknown {
    const value = this.values[name];
    if (value instanceof UnknownValue) throw this.unknown(name, value);
    return value ?? undefined;
  }

  private unknown(name: string, value: UnknownValue): Error {
    return cannotRehearse(this.address, `${name} is not known (${explainUnresolved(value.text)})`);
  }
}
