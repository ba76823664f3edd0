import { aliasArn, secretKeyAliasArn, sharedArn } from "../../sharing/shared-arn";
import { showValue } from "../../source/show-value";
import { formatPath } from "../../source/source-document";
import type { Model, Sharing } from "../model";
import type { ProblemList } from "./problem-list";

/** Two resources of one name: in an account, region and type, a bucket in the whole partition. */
export function checkSharedNames(model: Model, problems: ProblemList): void {
  const owners = new Map(reservedNames(model));
  const { backend } = model.settings;
  const stateBucket =
    backend.type === "s3" && backend.createBucket === "no" ? backend.bucket : undefined;
  for (const sharing of model.sharing) {
    for (const { arn, what, name } of names(sharing)) {
      // A bucket that nobody here defines may hold states and be shared.
      if (sharing.resource.ownership === "existing" && name === stateBucket) continue;
      const other = owners.get(arn);
      const own = formatPath(["sharing", sharing.key]);
      if (other === undefined) {
        owners.set(arn, own);
        continue;
      }
      problems.error(
        { location: sharing.location, path: own },
        {
          expected: `a name that no other ${what} has`,
          found: `${showValue(name)}, which ${other} has (${arn})`,
          remedy: "rename one of the two, or join the entries",
        },
      );
    }
  }
}

interface SharedName {
  readonly arn: string;
  readonly what: string;
  readonly name: string;
}

function names({ resource }: Sharing): readonly SharedName[] {
  const own = { arn: sharedArn(resource), what: resource.type, name: resource.name };
  if (resource.type !== "secret") return [own];
  const alias = secretKeyAliasArn(resource);
  return alias === undefined
    ? [own]
    : [own, { arn: alias, what: "kms-key", name: resource.key.alias ?? "" }];
}

/** What stands elsewhere in the file: the states' bucket, and those of `logs` with their key. */
function reservedNames({ settings, logging }: Model): readonly (readonly [string, string])[] {
  const { backend, partition } = settings;
  return [
    ...(backend.type === "s3"
      ? [[`arn:${partition}:s3:::${backend.bucket}`, "settings.backend"] as const]
      : []),
    ...logging.flatMap(({ buckets }) =>
      buckets.flatMap((bucket) => [
        [`arn:${bucket.partition}:s3:::${bucket.bucket}`, `logs.${bucket.service}`] as const,
        ...(bucket.key === undefined
          ? []
          : [[aliasArn(bucket, bucket.key.alias), "logs.key"] as const]),
      ]),
    ),
  ];
}
