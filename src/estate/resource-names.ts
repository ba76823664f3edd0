import { PARTITIONS, type Partition } from "../iam/arn";
import type { ResourceName } from "./declarations";
import { ARN_FORMS, SECRET_SUFFIX } from "./resource-arns";

/** Where a resource is that is named by less than its ARN. */
export interface Place {
  readonly partition: Partition;
  readonly region: string;
  readonly accountId: string;
}

/**
 * The resource of a type that a text names as Terraform's resources and AWS take it: by name, ARN, a
 * queue's URL, a key's ID, part of a function's ARN. Undefined where it is none of these.
 */
export function tryResourceName(
  type: string,
  text: string,
  place: Place,
): ResourceName | undefined {
  const arn = text.startsWith("arn:") ? text : arnOf(type, text, place);
  const [, partition, service, region, accountId, ...rest] = arn.split(":");
  const found = PARTITIONS.find((known) => known === partition);
  if (found === undefined || service !== serviceOf(type) || rest.join(":") === "") return undefined;
  return {
    type,
    arn: type === "aws_secretsmanager_secret" ? withSuffix(arn) : arn,
    partition: found,
    accountId: accountId === "" ? place.accountId : accountId,
    ...(region !== "" && { region }),
  };
}

/** KMS keys have no name of their own: they are of one type, whether primary or replica. */
export const KEY_TYPE = "aws_kms_key";

function serviceOf(type: string): string | undefined {
  return type === KEY_TYPE ? "kms" : ARN_FORMS.get(type)?.service;
}

function arnOf(type: string, text: string, { partition, region, accountId }: Place): string {
  const inPlace = (rest: string): string =>
    [`arn:${partition}`, serviceOf(type), region, accountId, rest].join(":");
  switch (type) {
    case KEY_TYPE:
      return inPlace(text.startsWith("alias/") ? text : `key/${text}`);
    case "aws_sqs_queue": {
      const url =
        /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(text);
      return url === null ? "" : `arn:${partition}:sqs:${url[1]}:${url[2]}:${url[3]}`;
    }
    case "aws_lambda_function": {
      const partial = /^(\d{12}):(function:.+)$/.exec(text);
      return partial === null
        ? inPlace(text.startsWith("function:") ? text : `function:${text}`)
        : `arn:${partition}:lambda:${region}:${partial[1]}:${partial[2]}`;
    }
    case "aws_s3_bucket":
      return `arn:${partition}:s3:::${text}`;
    default:
      return inPlace(`${ARN_FORMS.get(type)?.before ?? ""}${text}`);
  }
}

/** AWS takes a secret's ARN without its last six characters too; a name may look as if it had them. */
function withSuffix(arn: string): string {
  return /-[A-Za-z0-9]{6}$/.test(arn) ? arn : `${arn}${SECRET_SUFFIX}`;
}
