import type { Model } from "../model/model";
import { seedRecorder, seedServiceLinkedRole, seedShared } from "./seed-shared";
import type { SimulatedAws } from "./simulated-aws";

/**
 * Makes what accounts.json says is in the accounts already, besides principals: `existing` resources
 * that are shared, service-linked roles, AWS Config recorders. What is named more than once is there
 * once.
 */
export function seedExistingResources(aws: SimulatedAws, model: Model): void {
  for (const { resource } of model.sharing) seedShared(aws, resource);
  for (const { id, existingServiceLinkedRoles } of model.accounts) {
    for (const name of existingServiceLinkedRoles) {
      seedServiceLinkedRole(aws, id, `${name}.amazonaws.com`);
    }
  }
  for (const { account, config } of model.logging) {
    for (const { recorder, region } of config) {
      if (recorder === "existing") seedRecorder(aws, account.id, region);
    }
  }
}
