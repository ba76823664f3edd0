import { hexOf } from "./aws/generated-id";
import { shownPolicy } from "./aws/pinned-policy";
import { POLICY_DOCUMENT } from "./policy-document-data-source";
import { callerArn } from "./principal";
import type { Session } from "./provider-sessions";
import type { ResourceArguments } from "./resources/resource-arguments";
import type { Attributes } from "./value";

type DataSource = (session: Session, args: ResourceArguments) => Attributes;

const DATA_SOURCES: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  [
    "aws_iam_role",
    ({ account }, args) => {
      const role = account.roles.get(args.text("name"));
      return {
        id: role.name,
        name: role.name,
        path: role.path,
        arn: role.arn,
        unique_id: role.uniqueId,
        assume_role_policy: shownPolicy(role.trust, account.directory).text,
        description: role.description ?? "",
        max_session_duration: role.maxSessionDuration,
        permissions_boundary: role.permissionsBoundary ?? "",
      };
    },
  ],
  [
    "aws_iam_user",
    ({ account }, args) => {
      const user = account.users.get(args.text("user_name"));
      return {
        id: user.uniqueId,
        user_name: user.name,
        path: user.path,
        arn: user.arn,
        user_id: user.uniqueId,
        permissions_boundary: user.permissionsBoundary ?? "",
      };
    },
  ],
  [
    "aws_caller_identity",
    ({ account, principal }) => ({
      id: account.id,
      account_id: account.id,
      arn: callerArn(principal),
    }),
  ],
  ["aws_identitystore_group", (_session, args) => ({ group_id: directoryId("group", args) })],
  ["aws_identitystore_user", (_session, args) => ({ user_id: directoryId("user", args) })],
  ["aws_partition", ({ account }) => ({ id: account.partition, partition: account.partition })],
  ["aws_region", ({ region }) => ({ id: region, region, name: region })],
]);

/** Whoever is looked up in Identity Center is there: who signs in is not simulated. */
function directoryId(kind: string, { values }: ResourceArguments): string {
  const id = hexOf(`${kind} ${JSON.stringify(values)}`, 32);
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join(
    "-",
  );
}

/** Whether the simulated accounts know data sources of this type. */
export function isSimulatedDataSource(type: string): boolean {
  return DATA_SOURCES.has(type) || type === POLICY_DOCUMENT;
}

/**
 * Reads a data source; undefined for a type that is not simulated. Refused with AWS's message where
 * what it looks up does not exist.
 */
export function tryReadDataSource(
  type: string,
  session: Session,
  args: ResourceArguments,
): Attributes | undefined {
  return DATA_SOURCES.get(type)?.(session, args);
}
