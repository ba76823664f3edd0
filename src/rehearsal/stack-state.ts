import type { Attributes } from "./value";

/** What Terraform's state holds of one resource. */
export interface ResourceState {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Key of the provider; undefined for a provider that is not AWS's. */
  readonly provider?: string;
  /** As they were applied last, with defaults. */
  readonly arguments: Attributes;
  /** As AWS showed them last; empty for a type that is kept in state only. */
  readonly attributes: Attributes;
  readonly dependencies: readonly string[];
}

/** Terraform's state of one stack; a deploy changes it. */
export class StackState {
  readonly resources = new Map<string, ResourceState>();
  /** As of the last deploy that came to its end. */
  outputs: Attributes = {};
}
