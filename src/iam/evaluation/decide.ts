import { allowedByControls } from "./control-policies";
import {
  allowedReason,
  deniedReason,
  explicitDenyReason,
  notLetThroughReason,
  unknownReason,
} from "./decision-reason";
import { effectsOf, grantPaths, type Effects, type GrantPath } from "./permission-effects";
import type { AccessRequest, Decision, DecidingStatement } from "./request";
import { or, type Truth } from "./three-valued";

/** What the policies that bear on a request decide. */
export function decide(check: AccessRequest): Decision {
  const effects = effectsOf(check);
  const { deny } = effects;
  if (deny.truth === "yes") {
    return { result: "denied", decidedBy: [deny.by], reason: explicitDenyReason(deny.by) };
  }
  const paths = grantPaths(check, effects);
  const granted = paths.reduce<Truth>((truth, path) => or(truth, path.truth), "no");
  if (granted === "no") {
    return { result: "denied", decidedBy: [], reason: deniedReason(check, effects) };
  }
  const controlled = allowedByControls(effects.controls);
  if (controlled === "no") {
    return { result: "denied", decidedBy: [], reason: notLetThroughReason(check, effects) };
  }
  const path = controlled === "yes" ? paths.find(({ truth }) => truth === "yes") : undefined;
  if (path === undefined || deny.truth === "unknown") {
    return { result: "unknown", decidedBy: [], reason: unknownReason(doubtsOf(effects)) };
  }
  return { result: "allowed", decidedBy: statementsOf(path), reason: allowedReason(check, path) };
}

function statementsOf({ grants }: GrantPath): readonly DecidingStatement[] {
  return grants.flatMap(({ grant }) => (grant.truth === "yes" ? [grant.by] : []));
}

function doubtsOf(effects: Effects): readonly string[] {
  const { resource, identity, boundary, session } = effects;
  const controls = effects.controls.map(({ effect }) => effect);
  return [resource, identity, boundary, session, ...controls].flatMap(
    (effect) => effect?.doubts ?? [],
  );
}
