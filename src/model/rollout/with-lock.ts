import type { Lock } from "../../trust/lock";
import { withLock } from "../../trust/principal-trust";
import { isPrincipalTrust } from "../../trust/trust";
import type { Model } from "../model";

/** The model as a lock has it: each trust at the stage that its principal's confirmation gives it. */
export function modelWithLock(model: Model, lock: Lock): Model {
  return {
    ...model,
    lock,
    roles: model.roles.map((role) => {
      const trusts = role.trusts.map((trust) =>
        isPrincipalTrust(trust) ? withLock(trust, lock, role.account.id) : trust,
      );
      return trusts.every((trust, position) => trust === role.trusts[position])
        ? role
        : { ...role, trusts };
    }),
  };
}
