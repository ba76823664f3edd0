import { PARTITIONS, type Partition } from "../../iam/arn";
import {
  closestManagedPolicy,
  managedPolicyArn,
  tryFindManagedPolicy,
} from "../../iam/managed-policies";
import { quote, showValue } from "../../source/show-value";
import { accountNames } from "./account-names";
import type { Account } from "../model";
import type { Place, ProblemList } from "./problem-list";

/**
 * ARNs of managed policies that are given by name or ARN, each once. An unknown name, one that AWS
 * lets nobody attach, and a repeated one are problems. Without a partition any goes.
 */
export function resolveManagedPolicies(
  partition: Partition | undefined,
  named: readonly string[],
  placeOfItem: (position: number) => Place,
  problems: ProblemList,
): readonly string[] {
  const arns = new Set<string>();
  named.forEach((name, position) => {
    const arn = managedPolicyArn(partition ?? partitionOf(name), name);
    if (arn === undefined) {
      problems.error(placeOfItem(position), {
        expected: `the name of an AWS managed policy, or a policy's ARN${partition === undefined ? "" : ` in partition ${partition}`}`,
        found: showValue(name),
        remedy: `write ${quote(closestManagedPolicy(name))} if that is meant; a policy of your own goes by its ARN`,
      });
    } else if (tryFindManagedPolicy(arn)?.attachable === false) {
      problems.error(placeOfItem(position), {
        expected: "a policy that can be attached to a role",
        found: `${showValue(name)}, which AWS attaches to roles of its own alone`,
        remedy: "take it out: attaching it fails with PolicyNotAttachable",
      });
    } else if (arns.has(arn)) {
      problems.error(placeOfItem(position), {
        expected: "each managed policy once",
        found: `${showValue(name)} again`,
        remedy: "take the second one out",
      });
    } else arns.add(arn);
  });
  return [...arns];
}

function partitionOf(nameOrArn: string): Partition {
  return PARTITIONS.find((known) => nameOrArn.startsWith(`arn:${known}:`)) ?? "aws";
}

/** Policies of a customer can be attached in their own account alone. */
export function checkPolicyAccounts(
  arns: readonly string[],
  accounts: readonly Account[],
  place: Place,
  problems: ProblemList,
): void {
  for (const arn of arns) {
    const owner = /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];
    const others = owner === undefined ? [] : accounts.filter(({ id }) => id !== owner);
    if (others.length === 0) continue;
    problems.error(place, {
      expected: "policies of the account in which they are attached, or AWS's own",
      found: `${arn} for ${accountNames(others)}`,
      remedy:
        "give each account a role entry with its own policy, or write the permissions as statements",
    });
  }
}
