import { distance } from "fastest-levenshtein";

import type { Partition } from "./arn";
import { PARTITIONS } from "./arn";
import data from "./managed-policies.json";
import type { Conditions, OneOrMany, PolicyDocument, Statement } from "./policy-document";
import { asArray, policyDocument } from "./policy-document";

/** An AWS managed policy, as far as it bears on what this project asks about. */
export interface ManagedPolicy {
  readonly name: string;
  /** Begins and ends with a slash: `/`, `/job-function/`, `/service-role/`, … */
  readonly path: string;
  /**
   * Its statements on assuming roles and on the actions of `judged-actions.ts`, allowing and denying,
   * reduced to these actions: what it says of others it does not tell. Statements count from 0 in this
   * list, not in AWS's document.
   */
  readonly document: PolicyDocument;
  /** Whether it allows `sts:AssumeRole` on roles that it does not name, as PowerUserAccess does. */
  readonly wide: boolean;
  /**
   * `false` for policies that AWS attaches to nothing but its own service-linked roles, and for those
   * of root tasks: attaching one fails with `PolicyNotAttachable`.
   */
  readonly attachable: boolean;
}

type Sparse<T> = Readonly<Record<string, T | undefined>>;

/** As TypeScript reads the JSON: `Effect` is any text there, and a key of one statement is one of all. */
interface StoredStatement extends Omit<Statement, "Effect" | "Condition"> {
  readonly Effect: string;
  readonly Condition?: Sparse<Sparse<OneOrMany<string>>>;
}

interface StoredPolicy {
  readonly path?: string;
  readonly wide?: boolean;
  readonly statements?: readonly StoredStatement[];
}

const STORED: Readonly<Record<string, StoredPolicy>> = data.policies;

/** A map, so that a name such as `constructor` finds nothing. */
const POLICIES: ReadonlyMap<string, StoredPolicy> = new Map(Object.entries(STORED));

const UNATTACHABLE_PATHS: readonly string[] = ["/aws-service-role/", "/root-task/"];

/** The ARN of a managed policy, taken apart. */
interface PolicyArn {
  readonly partition: Partition;
  /** `aws` for a policy of AWS's own. */
  readonly owner: string;
  readonly path: string;
  readonly name: string;
}

function tryParsePolicyArn(text: string): PolicyArn | undefined {
  const match =
    /^arn:([a-z-]+):iam::(aws|\d{12}):policy(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,128})$/.exec(text);
  const partition = PARTITIONS.find((known) => known === match?.[1]);
  if (match === null || partition === undefined) return undefined;
  return { partition, owner: match[2], path: match[3], name: match[4] };
}

function pathOf(policy: StoredPolicy): string {
  return policy.path ?? "/";
}

/**
 * The ARN of a managed policy, for attaching it in an account of `partition`. Takes
 * - the name of an AWS managed policy, alone or with its path: `ViewOnlyAccess`,
 *   `job-function/ViewOnlyAccess`;
 * - the ARN of any policy of that partition, which comes back as it is: a customer managed policy, or
 *   an AWS managed policy that is newer than the list.
 *
 * Undefined for a name that is not listed (upper and lower case matter, as in ARNs), a listed policy
 * with a wrong path, and an ARN of another partition: `closestManagedPolicy` says what may be meant.
 * The list is that of the commercial partition: the others lack some of its policies, which AWS says
 * when one is attached.
 */
export function managedPolicyArn(partition: Partition, nameOrArn: string): string | undefined {
  const arn = tryParsePolicyArn(nameOrArn);
  if (arn !== undefined) {
    const listed = arn.owner === "aws" ? POLICIES.get(arn.name) : undefined;
    const pathIsRight = listed === undefined || pathOf(listed) === arn.path;
    return arn.partition === partition && pathIsRight ? nameOrArn : undefined;
  }
  const name = nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
  const policy = POLICIES.get(name);
  if (policy === undefined) return undefined;
  const full = `${pathOf(policy)}${name}`;
  if (nameOrArn !== name && `/${nameOrArn}` !== full) return undefined;
  return `arn:${partition}:iam::aws:policy${full}`;
}

/**
 * What an AWS managed policy says about assuming roles and the actions of `judged-actions.ts`; by its ARN, or by its name, alone or with its
 * path, as in the commercial partition. Undefined for a policy that is not listed, a customer managed
 * policy among them: nothing is known of it, which is not the same as granting nothing.
 */
export function tryFindManagedPolicy(arnOrName: string): ManagedPolicy | undefined {
  const found = FOUND.get(arnOrName) ?? findManagedPolicy(arnOrName);
  if (found !== undefined) FOUND.set(arnOrName, found);
  return found;
}

/** Those that were asked for: an organization attaches the same few to most of its roles. */
const FOUND = new Map<string, ManagedPolicy>();

function findManagedPolicy(arnOrName: string): ManagedPolicy | undefined {
  const partition = tryParsePolicyArn(arnOrName)?.partition ?? "aws";
  const known = managedPolicyArn(partition, arnOrName);
  const arn = known === undefined ? undefined : tryParsePolicyArn(known);
  if (arn?.owner !== "aws") return undefined;
  const policy = POLICIES.get(arn.name);
  if (policy === undefined) return undefined;
  const path = pathOf(policy);
  const statements = (policy.statements ?? []).map((stored) => toStatement(stored, partition));
  return {
    name: arn.name,
    path,
    document: policyDocument(statements),
    wide: policy.wide === true,
    attachable: !UNATTACHABLE_PATHS.includes(path),
  };
}

/**
 * The listed AWS managed policy that a text most probably means, with its path, as it can be written
 * in its place: `job-function/ViewOnlyAccess`. A name that contains the text goes before one that is
 * spelled like it: `S3ReadOnly` means `AmazonS3ReadOnlyAccess`.
 */
export function closestManagedPolicy(nameOrArn: string): string {
  const wanted = nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1).toLowerCase();
  const candidates = [...POLICIES].map(([name, policy]) => {
    const lower = name.toLowerCase();
    const contains = wanted.length >= 4 && lower.includes(wanted);
    return { name, policy, rank: contains ? 0 : 1, distance: distance(wanted, lower) };
  });
  const closest = candidates.reduce((best, next) =>
    next.rank < best.rank || (next.rank === best.rank && next.distance < best.distance)
      ? next
      : best,
  );
  return `${pathOf(closest.policy)}${closest.name}`.slice(1);
}

/** AWS's documents name the ARNs of their own partition: the stored ones say `arn:aws:`. */
function toStatement(stored: StoredStatement, partition: Partition): Statement {
  const { Resource, NotResource, Condition, ...rest } = stored;
  const inPartition = (arns: OneOrMany<string>): OneOrMany<string> =>
    typeof arns === "string"
      ? arns.replace(/^arn:aws:/, `arn:${partition}:`)
      : asArray(arns).map((arn) => arn.replace(/^arn:aws:/, `arn:${partition}:`));
  return {
    ...rest,
    Effect: stored.Effect === "Allow" ? "Allow" : "Deny",
    ...(Resource === undefined ? {} : { Resource: inPartition(Resource) }),
    ...(NotResource === undefined ? {} : { NotResource: inPartition(NotResource) }),
    ...(Condition === undefined ? {} : { Condition: toConditions(Condition) }),
  };
}

function toConditions(stored: Sparse<Sparse<OneOrMany<string>>>): Conditions {
  return Object.fromEntries(
    present(stored).map(([key, each]) => [key, Object.fromEntries(present(each))]),
  );
}

function present<T>(record: Sparse<T>): readonly (readonly [string, T])[] {
  return Object.entries(record).flatMap(([key, value]): (readonly [string, T])[] =>
    value === undefined ? [] : [[key, value]],
  );
}
