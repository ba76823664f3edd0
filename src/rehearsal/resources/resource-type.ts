import type { Origin } from "../../estate/estate";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { Attributes } from "../value";
import type { ResourceArguments } from "./resource-arguments";

/** A resource of one account, as a resource type works on it. */
export interface ResourceCall {
  readonly account: SimulatedAccount;
  readonly arguments: ResourceArguments;
  readonly origin: Origin;
}

/** A resource that is to be changed in place. */
export interface ResourceUpdate extends ResourceCall {
  /** The arguments as they were applied last. */
  readonly former: ResourceArguments;
  /** Names of the arguments that differ. */
  readonly changed: ReadonlySet<string>;
}

/** What the provider knows of a resource type. */
export interface ResourceType {
  /** Arguments that count where the stack leaves them out. */
  readonly defaults: Attributes;
  /** Arguments whose change makes another object. */
  readonly replacedBy: readonly string[];
  /** Arguments that are policies: compared by what they say. */
  readonly policies?: readonly string[];
  /** Arguments whose order does not matter. */
  readonly sets?: readonly string[];
  /** Arguments that the rehearsal refuses, since it would get them wrong. */
  readonly refused?: readonly string[];
  /** Whether an import block may take over what exists. */
  readonly importable: boolean;
  /** Makes the object and returns its ID. */
  create(call: ResourceCall): string;
  /** What AWS shows of the object: arguments and computed attributes; undefined when it is gone. */
  read(account: SimulatedAccount, id: string, known: ResourceArguments): Attributes | undefined;
  /** Changes the object in place and returns its ID. */
  update(update: ResourceUpdate, id: string): string;
  /** Deletes the object; `call` has its last arguments. */
  delete(call: ResourceCall, id: string): void;
}
