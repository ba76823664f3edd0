import { digestOf } from "../trust/trust-terms";
import { tryBusPolicy } from "./bus-policy";
import type { NotificationHub } from "./notifications";

/**
 * The terms of the bus: which accounts may send, to a digest of how. A deployed stack that says other
 * terms is due (`trust_terms`).
 */
export function busTerms(hub: NotificationHub): Readonly<Record<string, string>> {
  return Object.fromEntries(
    hub.senders
      .filter((accountId) => accountId !== hub.accountId)
      .map((accountId) => [
        `account ${accountId}`,
        digestOf(tryBusPolicy({ ...hub, senders: [accountId] })),
      ]),
  );
}
