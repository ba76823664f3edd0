import { isAccountsTrust } from "../../trust/trust";
import type { Role } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { TrustEdge } from "./trust-edge";

/**
 * Roles whose sessions may carry a source identity, and that go on to a role whose trust has none: it goes
 * along through role chains, and each further role needs `sts:SetSourceIdentity` too (IAM User Guide,
 * "Monitor and control actions taken with assumed roles"). `execution`: roles that the deployer goes on to.
 */
export function checkSourceIdentities(
  edges: readonly TrustEdge[],
  execution: readonly Role[],
  problems: ProblemList,
): void {
  const setting = edges.filter(
    ({ trust }) => isAccountsTrust(trust) && trust.sourceIdentity !== undefined,
  );
  const carrying = new Map(setting.map((edge) => [edge.trusting.arn, edge]));
  for (const { trusting, trust, position } of edges) {
    if (trust.kind !== "role" || trust.sourceIdentity !== undefined) continue;
    const from = carrying.get(trust.principalArn);
    if (from === undefined) continue;
    problems.warning(placeOf(trusting.entry, ["trusts", position]), {
      expected: "sourceIdentity where the trusted role's sessions carry one on",
      found: `none, for ${from.trusting.entry.name} of account ${from.trusting.account.name}: AWS refuses its sessions that have a source identity`,
      remedy: 'write "sourceIdentity": "*" here, or the patterns that are asked for there',
    });
  }
  const onward = execution.flatMap(({ trusts }) =>
    trusts.flatMap((trust) => (trust.kind === "role" ? [trust.principalArn] : [])),
  );
  for (const [arn, { trusting, position }] of carrying) {
    if (!onward.includes(arn)) continue;
    problems.error(placeOf(trusting.entry, ["trusts", position, "sourceIdentity"]), {
      expected: "a deployer without a source identity, which execution roles take from nobody",
      found: "sourceIdentity",
      remedy: "take it out",
    });
  }
}
