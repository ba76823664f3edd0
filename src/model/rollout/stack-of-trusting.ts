import { tryParseIamArn } from "../../iam/arn";
import { accountUsesArn } from "../account-uses";
import type { Model } from "../model";

/** The account in any ARN but S3's. */
const ACCOUNT_IN_ARN = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

/**
 * The stack that has, or had, what outputs and the lock know by an ARN: told by its account, and by the
 * execution role's name. An S3 ARN has no account: it is the one whose terms name the bucket. Undefined
 * for accounts that accounts.json does not have.
 */
export function stackOfTrusting(model: Model): (arn: string) => string | undefined {
  const { accounts, lock, settings } = model;
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const stackOfBucket = new Map(
    accounts.flatMap((account) =>
      Object.keys(lock.terms?.[accountUsesArn(account)] ?? {})
        .filter((what) => what.startsWith("bucket "))
        .map((what) => [what.slice("bucket ".length), account.stack] as const),
    ),
  );
  const executionRoleName = settings.bootstrap?.executionRoleName;
  return (arn) => {
    const iamArn = tryParseIamArn(arn);
    const account = byId.get(ACCOUNT_IN_ARN.exec(arn)?.[1] ?? "");
    if (iamArn?.name === executionRoleName && account?.bootstrapStack !== undefined) {
      return account.bootstrapStack;
    }
    return account?.stack ?? stackOfBucket.get(arn);
  };
}
