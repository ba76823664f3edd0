import type { BlockReader } from "./block-reader";
import type {
  DeclaredControlPolicy,
  DeclaredGrant,
  DeclaredIdentity,
  DeclaredKeyGrant,
  DeclaredMembership,
  DeclaredPolicy,
  DeclaredResource,
  DeclaredResourcePolicy,
} from "./declarations";
import type { Entrance } from "./estate";
import type { TerraformBlock } from "./terraform-json";

/** What the blocks read so far say; each block adds to it. */
export interface FoundInStack {
  readonly identities: DeclaredIdentity[];
  readonly policies: DeclaredPolicy[];
  readonly grants: DeclaredGrant[];
  readonly memberships: DeclaredMembership[];
  readonly resources: DeclaredResource[];
  readonly resourcePolicies: DeclaredResourcePolicy[];
  readonly keyGrants: DeclaredKeyGrant[];
  readonly controlPolicies: DeclaredControlPolicy[];
  readonly entrances: Entrance[];
}

/** Reads the blocks of one type. */
export type ReadBlock = (reader: BlockReader, block: TerraformBlock, found: FoundInStack) => void;
