import type { Origin } from "../../estate/estate";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { Principal } from "../principal";
import type { Attributes } from "../value";
import type { ResourceArguments } from "./resource-arguments";

/** Where a resource is. */
export interface ResourcePlace {
  readonly account: SimulatedAccount;
  /** The resource's own `region`, else the provider's. */
  readonly region: string;
}

/** A resource of one account, as a resource type works on it. */
export interface ResourceCall extends ResourcePlace {
  /** Who deploys, after `assume_role`. */
  readonly principal: Principal;
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
  /** Whether it takes a `region`, whose change makes another object; without one the provider's counts. */
  readonly regional?: true;
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
  read(place: ResourcePlace, id: string, known: ResourceArguments): Attributes | undefined;
  /** Changes the object in place and returns its ID. */
  update(update: ResourceUpdate, id: string): string;
  /** Deletes the object; `call` has its last arguments. */
  delete(call: ResourceCall, id: string): void;
}
