import type { Partition } from "../iam/arn";
import { closestManagedPolicy, managedPolicyArn } from "../iam/managed-policies";
import type { Place, ProblemList } from "./problem-list";

/** ARNs of managed policies that are given by name or ARN; an unknown name is a problem. */
export function resolveManagedPolicies(
  partition: Partition,
  named: readonly string[],
  placeOfItem: (position: number) => Place,
  problems: ProblemList,
): readonly string[] {
  const arns = named.flatMap((name, position) => {
    const arn = managedPolicyArn(partition, name);
    if (arn !== undefined) return [arn];
    problems.error(placeOfItem(position), {
      expected: `the name of an AWS managed policy, or a policy's ARN in partition ${partition}`,
      found: JSON.stringify(name),
      remedy: `write ${JSON.stringify(closestManagedPolicy(name))} if that is meant; a policy of your own goes by its ARN`,
    });
    return [];
  });
  arns.forEach((arn, position) => {
    if (arns.indexOf(arn) !== position) {
      problems.error(placeOfItem(position), {
        expected: "each managed policy once",
        found: `${JSON.stringify(arn)} again`,
        remedy: "take the second one out",
      });
    }
  });
  return arns;
}
