/** The AWS partitions this project knows: commercial, GovCloud (US) and China. */
export const PARTITIONS = ["aws", "aws-us-gov", "aws-cn"] as const;
export type Partition = (typeof PARTITIONS)[number];

/** Whether a text is an AWS account ID: exactly 12 digits, leading zeros included. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/**
 * The account principal of an account, `arn:aws:iam::ID:root`. In a `Principal` element it delegates
 * to the account's administrators; as a value of `aws:PrincipalArn` it means the root user only.
 */
export function accountPrincipalArn(partition: Partition, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** The ARN of a role. `path` begins and ends with a slash. */
export function roleArn(
  partition: Partition,
  accountId: string,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}

/** The ARN of an IAM user. `path` begins and ends with a slash. */
export function userArn(
  partition: Partition,
  accountId: string,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${accountId}:user${path}${name}`;
}

/** An IAM or STS ARN, taken apart. */
export interface IamArn {
  readonly partition: string;
  readonly service: "iam" | "sts";
  readonly accountId: string;
  /** `root`, `role`, `user`, `group`, `policy`, `assumed-role`, … */
  readonly type: string;
  /** Begins and ends with a slash; `/` where the ARN has no path. */
  readonly path: string;
  /** The last segment; for an assumed-role ARN the session name; empty for `root`. */
  readonly name: string;
}

/** Takes an IAM or STS ARN apart; undefined when the text is not one with a 12-digit account. */
export function tryParseIamArn(arn: string): IamArn | undefined {
  const match =
    /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}|aws):(root|([a-z-]+)(\/.*\/|\/)([^/]+))$/.exec(arn);
  if (match === null) return undefined;
  return {
    partition: match[1],
    service: match[2] === "iam" ? "iam" : "sts",
    accountId: match[3],
    type: match[5] ?? "root",
    path: match[6] ?? "/",
    name: match[7] ?? "",
  };
}
