import type { Model } from "../model/model";
import { removedTrusts } from "../model/rollout/removed-trusts";
import {
  isUndone,
  openRevocations,
  stacksToSeal,
  type OpenRevocation,
} from "../model/rollout/revocations";
import { SEAL_KEY } from "../trust/seal-terms";
import { UsageError } from "./exit-code";

/**
 * The revocations of a role, by its key or ARN. Throws a UsageError where there is none, and where sealing
 * would be in vain: somebody is trusted again, AWS still has the trust, or the seal before is not deployed.
 */
export function sealableRevocations(
  model: Model,
  name: string,
  deployed: "required" | "whatever is deployed" = "required",
): readonly OpenRevocation[] {
  const found = openRevocations(model).filter(
    ({ roleArn, role }) => roleArn === name || role?.key === name,
  );
  if (found.length === 0) {
    throw new UsageError(
      `expected a role whose trust was revoked, found ${name}; run npx crosstrust revoke ${name} first`,
    );
  }
  if (deployed === "required") found.forEach((each) => requireDeployed(model, each));
  return found;
}

function requireDeployed(model: Model, revocation: OpenRevocation): void {
  const { roleArn, reaches } = revocation;
  if (isUndone(revocation)) {
    throw new UsageError(
      `expected the revoked trust to be gone, found it in accounts.json again; revoke it again, or forget the revocation of ${roleArn} by npx crosstrust revoke --drop`,
    );
  }
  const removed = removedTrusts(model).filter(
    ({ trustingArn, key }) => trustingArn === roleArn && key !== SEAL_KEY,
  );
  if (removed.some(({ stack }) => stack === undefined)) {
    throw new UsageError(
      `expected the revoked trust to be gone from AWS, found that the stack of an account that accounts.json no longer has has it still, as far as the last confirm tells: new sessions would begin after the seal; put the account back or destroy its stack (npx crosstrust status says how), run npx crosstrust confirm --prune, and this again`,
    );
  }
  const stacks = [...new Set(removed.flatMap(({ stack }) => stack ?? []))];
  if (stacks.length > 0) {
    throw new UsageError(
      `expected the revoked trust to be gone from AWS, found that ${stacks.join(", ")} has it still, as far as the last confirm tells: new sessions would begin after the seal; deploy ${stacks.join(" ")}, run npx crosstrust confirm, and this again`,
    );
  }
  const sealing = stacksToSeal(model, new Set([roleArn, ...reaches]));
  if (sealing.length > 0) {
    throw new UsageError(
      `expected the seal before to be deployed, found that ${sealing.join(", ")} has it not: sessions would begin in the reached roles after this one too; deploy ${sealing.join(" ")}, run npx crosstrust confirm, and this again`,
    );
  }
}
