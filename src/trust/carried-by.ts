import type { Conditions } from "../iam/policy-document";
import type { AccountsTrust } from "./trust";
import type { SessionAction } from "./trust-limits";

/** The trust with those of its conditions whose keys the check of an action carries. */
export function carriedBy(action: SessionAction, trust: AccountsTrust): AccountsTrust {
  const { conditions = {}, sourceIdentity, sessionTags } = trust;
  const besides = { ...trust, externalId: undefined, sessionName: undefined };
  return action === "sts:TagSession"
    ? { ...besides, sourceIdentity: undefined, sessionTags, conditions: without(conditions, STS) }
    : {
        ...besides,
        sourceIdentity,
        sessionTags: undefined,
        conditions: without(conditions, STS_OR_TAG),
      };
}

const STS = /^sts:/i;
const STS_OR_TAG = /^(sts:|aws:RequestTag\/)/i;

function without(conditions: Conditions, keysOf: RegExp): Conditions {
  const blocks = Object.entries(conditions).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).filter(([key]) => !keysOf.test(key))),
  ]);
  return Object.fromEntries(blocks.filter(([, keys]) => Object.keys(keys).length > 0));
}
