import type { SharedType } from "../../sharing/shared-resource";

/** The ARN of a resource that may be shared, taken apart. */
export interface ExistingArn {
  readonly partition: string;
  /** Empty for a bucket. */
  readonly region: string;
  /** Empty for a bucket. */
  readonly accountId: string;
  /** As the service names it; of a key its ID, of a secret without the six characters that AWS adds. */
  readonly name: string;
}

interface ArnForm {
  readonly service: string;
  /** What follows the account; the name is its group. */
  readonly resource: RegExp;
  readonly example: string;
}

const FORMS: Readonly<Record<SharedType, ArnForm>> = {
  "kms-key": {
    service: "kms",
    resource: /^key\/([\w-]+)$/,
    example: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
  },
  "ecr-repository": {
    service: "ecr",
    resource: /^repository\/(.+)$/,
    example: "arn:aws:ecr:eu-west-1:111122223333:repository/name",
  },
  secret: {
    service: "secretsmanager",
    resource: /^secret:(.+)-[A-Za-z0-9]{6}$/,
    example: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:name-AbCdEf",
  },
  "s3-bucket": { service: "s3", resource: /^([^/:]+)$/, example: "arn:aws:s3:::name" },
  "sns-topic": {
    service: "sns",
    resource: /^([^:]+)$/,
    example: "arn:aws:sns:eu-west-1:111122223333:name",
  },
  "sqs-queue": {
    service: "sqs",
    resource: /^([^:]+)$/,
    example: "arn:aws:sqs:eu-west-1:111122223333:name",
  },
  "event-bus": {
    service: "events",
    resource: /^event-bus\/(.+)$/,
    example: "arn:aws:events:eu-west-1:111122223333:event-bus/name",
  },
  "lambda-function": {
    service: "lambda",
    resource: /^function:([^:]+)$/,
    example: "arn:aws:lambda:eu-west-1:111122223333:function:name",
  },
};

/** Takes the ARN of a resource of a type apart; undefined when it is of something else. */
export function tryParseExistingArn(type: SharedType, arn: string): ExistingArn | undefined {
  const { service, resource } = FORMS[type];
  const parts = /^arn:(aws[a-z-]*):([a-z0-9]+):([a-z0-9-]*):(\d*):(.+)$/.exec(arn);
  const name = parts === null ? null : resource.exec(parts[5]);
  if (parts === null || name === null || parts[2] !== service) return undefined;
  const isGlobal = type === "s3-bucket";
  if ((parts[3] === "") !== isGlobal || parts[4].length !== (isGlobal ? 0 : 12)) return undefined;
  return { partition: parts[1], region: parts[3], accountId: parts[4], name: name[1] };
}

/** What the ARN of a resource of a type looks like, for messages. */
export function exampleOfArn(type: SharedType): string {
  return FORMS[type].example;
}
