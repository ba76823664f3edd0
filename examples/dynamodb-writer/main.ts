import { join } from "node:path";
import { App } from "cdktf";
import { readLock } from "crosstrust";
import { TableAccountStack } from "./table-account-stack";
import { WriterAccountStack } from "./writer-account-stack";

// Yours go here: the account IDs, the named profiles of your AWS configuration, and the regions.
const ACCOUNT_A = { id: "111122223333", profile: "account-a", region: "eu-west-1" } as const;
const ACCOUNT_B = { id: "444455556666", profile: "account-b", region: "eu-west-1" } as const;

const TABLE_NAME = "TestTable";

// Computed and not referenced: each can be named before it exists, in either order.
const FOO_BAR_ARN = `arn:aws:iam::${ACCOUNT_A.id}:role/foo_bar`;
const BAR_ARN = `arn:aws:iam::${ACCOUNT_B.id}:role/bar`;

const lockPath = join(__dirname, "trust.lock.json");
const lockFile = readLock(lockPath);
if (lockFile === undefined) {
  // An empty lock in its place would widen the trust to the whole account without a word.
  throw new Error(`expected ${lockPath}, found none; restore it from version control`);
}

const app = new App();
new TableAccountStack(app, "account-a", {
  account: ACCOUNT_A,
  tableName: TABLE_NAME,
  trustedRoleArn: BAR_ARN,
  lock: lockFile.lock,
});
new WriterAccountStack(app, "account-b", {
  account: ACCOUNT_B,
  roleToBeAssumed: FOO_BAR_ARN,
  table: { name: TABLE_NAME, region: ACCOUNT_A.region },
});
app.synth();
