import { tryParseIamArn } from "../../iam/arn";
import type { Model } from "../../model/model";
import { STATE_BUCKET_STACK } from "../../model/stack-names";
import { ORDINARY, type DeclaredResource, type ResourceUse } from "./declared-resource";
import { only, outsidersOf } from "./declared-way";
import { TLS } from "./demands";

/** Who `settings.backend` lets reach a state bucket of ours: whoever deploys, and administrators. */
export function declaredStateBucket({ settings }: Model): readonly DeclaredResource[] {
  const { backend, bootstrap } = settings;
  if (backend.type !== "s3" || backend.createBucket === "no" || bootstrap === undefined) return [];
  const { hub, deployerArn, hubAccessRoleArn, firstDeployers } = bootstrap;
  const arn = `arn:${hub.partition}:s3:::${backend.bucket}`;
  const use = (action: string, part?: string): ResourceUse => ({ action, part, demands: [TLS] });
  const states = [
    use("s3:ListBucket"),
    ...["s3:DeleteObject", "s3:GetObject", "s3:PutObject"].map((one) => use(one, `${arn}/*`)),
  ];
  const anything = [use("s3:*"), use("s3:*", `${arn}/*`)];
  const accessRole = hubAccessRoleArn === undefined ? [] : [hubAccessRoleArn];
  const deploying = [deployerArn, ...accessRole, ...firstDeployers, ...backend.administrators];
  return [
    {
      ...ORDINARY,
      stack: STATE_BUCKET_STACK,
      accountId: hub.id,
      arn,
      ways: deploying.map((principal) => {
        const accountId = tryParseIamArn(principal)?.accountId ?? hub.id;
        return {
          ...only(principal),
          demands: [],
          outsiders: outsidersOf(hub.partition, accountId),
          // What else principals of the bucket's own account may do with it is up to their policies.
          uses: accountId === hub.id ? anything : states,
        };
      }),
      isClosed: true,
    },
  ];
}
