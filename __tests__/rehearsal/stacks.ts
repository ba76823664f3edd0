import type { Attributes } from "../../src/rehearsal/value";

export const MANAGEMENT = "111122223333";
export const HUB = "444455556666";
export const MEMBER = "100000000001";
export const OTHER = "100000000002";
export const VENDOR = "900000000001";

/** JSON of a trust policy with one statement that lets principals assume the role. */
export function trustOf(...principals: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: principals.length === 1 ? principals[0] : principals },
        Action: "sts:AssumeRole",
      },
    ],
  });
}

/** JSON of an identity policy that allows to assume roles. */
export function mayAssume(...roleArns: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArns }],
  });
}

export function rootOf(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

export function roleArn(accountId: string, name: string, path = "/"): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
}

export function userArn(accountId: string, name: string): string {
  return `arn:aws:iam::${accountId}:user/${name}`;
}

/** A stack as cdktf synthesizes it: what is left out is not in the JSON. */
export interface StackParts {
  readonly provider?: Attributes;
  readonly resource?: Attributes;
  readonly data?: Attributes;
  readonly output?: Attributes;
  readonly import?: readonly Attributes[];
}

/** JSON of a stack for an account, deployed with the credentials of whoever runs it. */
export function stackOf(accountId: string, { provider, ...parts }: StackParts): unknown {
  return {
    "//": { metadata: { backend: "local", stackName: accountId, version: "0.21.0" } },
    provider: {
      aws: [{ allowed_account_ids: [accountId], region: "eu-west-1", ...provider }],
    },
    terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    ...parts,
  };
}

/** A stack with one resource of the type, called `it`. */
export function one(type: string, part: Attributes): StackParts {
  return { resource: { [type]: { it: part } } };
}

/** `output` blocks of these values. */
export function outputs(values: Attributes): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}
