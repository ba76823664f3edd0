import type { Trust } from "../../trust/trust";
import type { RoleInstance } from "./role-instance";

/** The identity of ours that gets the other half of a trust. */
export interface Holder {
  readonly kind: "role" | "user" | "group" | "permission-set";
  /** A role's or user's ARN; a group's account and name; a permission set's name. */
  readonly key: string;
}

/** A trust of one role in one account. */
export interface TrustEdge {
  readonly trusting: RoleInstance;
  readonly trust: Trust;
  /** Of the trust in its entry. */
  readonly position: number;
  /** Undefined where the other half is not ours: services, OIDC, whole and external accounts. */
  readonly holder?: Holder;
}
