import type { Problem } from "../../source/problem";
import { formatPath } from "../../source/source-document";
import { groupBy } from "../group-by";
import type { Account, Model } from "../model";
import { DeployOrder } from "./deploy-order";
import { stackDependencies, type DependencyKind, type StackDependency } from "./stack-dependencies";

/** What the accounts that wait need of the one they wait for. */
const NEEDED: Readonly<Record<DependencyKind, string>> = {
  "bucket policy": "whose bucket policy their trails and delivery channels need",
  "key policy": "whose key policy their grants need",
  "deployer's permission": "whose stack lets the deployer assume their execution roles",
};

/**
 * Where `deploy_order` says otherwise than what stacks wait for in one another, once per account that
 * goes first all the same; and where no order is right. Nothing of what is applied already.
 */
export function deployOrderWarnings(model: Model): readonly Problem[] {
  const dependencies = stackDependencies(model).filter(
    ({ kind, before, after }) => kind !== "deployer's permission" && isContradicted(before, after),
  );
  const grouped = groupBy(dependencies, ({ kind, before }) => `${kind} ${before.name}`);
  return [
    ...[...grouped.values()].map(contradiction),
    ...new DeployOrder(model).cycles.map(circle),
  ];
}

/** An account without a number comes wherever it must. */
function isContradicted(before: Account, after: Account): boolean {
  return (after.deployOrder ?? Infinity) < (before.deployOrder ?? -Infinity);
}

function contradiction(dependencies: readonly StackDependency[]): Problem {
  const [{ kind, before }] = dependencies;
  const earlier = [...dependencies]
    .sort((a, b) => (a.after.deployOrder ?? 0) - (b.after.deployOrder ?? 0))
    .map(({ after }) => `${after.deployOrder} of ${after.name}`);
  return {
    severity: "warning",
    location: before.location,
    path: formatPath(["accounts", before.name]),
    expected: `a deploy_order by which ${before.name} comes first, ${NEEDED[kind]}`,
    found: `deploy_order ${joined(earlier)} before ${before.deployOrder} of ${before.name}: ${before.name} goes first all the same`,
    remedy: `give ${before.name} a smaller deploy_order, or leave it: status names the commands in the right order`,
  };
}

function circle({ kind, before, after }: StackDependency): Problem {
  return {
    severity: "warning",
    location: after.location,
    path: formatPath(["accounts", after.name]),
    expected: `${before.name}, ${NEEDED[kind]}, to be deployable before ${after.name}`,
    found: `that ${before.name} waits for ${after.name} too: AWS refuses whichever is deployed first`,
    remedy:
      "take one step at a time: leave logs, or the entry of sharing, out until the accounts are deployed and confirmed, then write it again",
  };
}

/** `a`, `a and b`, `a, b and 3 more`. */
function joined(texts: readonly string[]): string {
  const [first, second, ...others] = texts;
  if (second === undefined) return first;
  if (others.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${others.length} more`;
}
