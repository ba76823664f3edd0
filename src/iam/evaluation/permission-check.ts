import type { AssumeRoleRequest } from "./request";
import type { StsAction } from "./sts-action";

/** One permission that a request needs; a request with session tags needs more than one. */
export interface PermissionCheck {
  readonly request: AssumeRoleRequest;
  readonly action: StsAction;
}
