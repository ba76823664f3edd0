import type { Model } from "../../model/model";
import { declaredNotifications } from "./declared-notifications";
import { declaredLogs } from "./declared-logs";
import type { DeclaredResource } from "./declared-resource";
import { declaredSharing } from "./declared-sharing";
import { declaredStateBucket } from "./declared-state-bucket";
import { Declarations } from "./declared-way";

/** What accounts.json means for resources, independently of their policies. */
export function declaredResources(model: Model): readonly DeclaredResource[] {
  return [
    ...declaredSharing(model, new Declarations(model)),
    ...declaredLogs(model),
    ...declaredStateBucket(model),
    ...declaredNotifications(model),
  ];
}
