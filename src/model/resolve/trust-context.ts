import type { Doubts } from "../file/doubts";
import type { ProblemList } from "./problem-list";
import type { IdentityIndex } from "./resolve-identities";
import type { RoleIndex } from "./role-instance";
import type { AccountIndex } from "./selector";

/** What trusts refer to. */
export interface TrustContext {
  readonly accounts: AccountIndex;
  readonly roles: RoleIndex;
  readonly identities: IdentityIndex;
  /** Names of `permissionSets`; undefined where the file has none: then any may be meant. */
  readonly permissionSets?: readonly string[];
  readonly doubts: Doubts;
  readonly problems: ProblemList;
}
