import { loggingWithKeys } from "../../logging/with-keys";
import { withMayUse } from "../may-use";
import type { Model } from "../model";
import { keyArnsOf, sharedResourceWithLock } from "./shared-resource-with-lock";
import { trustWithLock } from "./trust-with-lock";
import { tryFindSeal, type Lock } from "../../trust/lock";

/**
 * The model as a lock has it: each trust at the stage that its principal's confirmation gives it, each
 * key of ours by its ARN where that is confirmed, and what identities may use by those ARNs.
 */
export function modelWithLock(model: Model, lock: Lock): Model {
  const sharing = model.sharing.map((each) => ({
    ...each,
    resource: sharedResourceWithLock(each.resource, lock),
  }));
  const keyArns = keyArnsOf(sharing);
  return withMayUse({
    ...model,
    lock,
    roles: model.roles.map((role) => {
      const trusts = role.trusts.map((trust) => trustWithLock(trust, lock, role.account.id));
      const seal = role.ownership === "existing" ? undefined : tryFindSeal(lock, role.arn);
      const isSame = trusts.every((trust, position) => trust === role.trusts[position]);
      if (isSame && seal?.before === role.revokeSessionsBefore) return role;
      return { ...role, trusts, revokeSessionsBefore: seal?.before };
    }),
    sharing,
    keyGrants: model.keyGrants.map((grant) => ({
      ...grant,
      keyArn: keyArns.get(grant.aliasArn),
    })),
    logging: loggingWithKeys(model.logging, lock.keys ?? {}),
  });
}
