import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const CHECKOUT = resolve(__dirname, "../..");
const EXAMPLE = "examples/dynamodb-writer";

const FOO_BAR = "arn:aws:iam::111122223333:role/foo_bar";
const BAR = "arn:aws:iam::444455556666:role/bar";
const UNIQUE_ID = "AROAEXAMPLEOFBARSID12";

const RECORD = z.record(z.string(), z.unknown());
const STACK = z.object({
  resource: z.record(z.string(), z.record(z.string(), RECORD)),
  output: z.record(z.string(), z.object({ value: z.unknown() })),
  provider: RECORD,
  terraform: RECORD,
});

type Stack = z.infer<typeof STACK>;

interface Stacks {
  readonly a: Stack;
  readonly b: Stack;
}

const LOCKS = {
  account: { version: 1, applied: {}, principals: {}, stacks: {} },
  role: {
    version: 1,
    applied: {},
    principals: { [BAR]: { uniqueId: UNIQUE_ID, confirmedAt: "2026-11-23T10:00:00Z" } },
    stacks: {},
  },
} as const;

const AT: { account?: Stacks; role?: Stacks } = {};
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crosstrust-example-"));
  symlinkSync(join(CHECKOUT, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(CHECKOUT, "src"), join(folder, "src"));
  cpSync(join(CHECKOUT, "tsconfig.json"), join(folder, "tsconfig.json"));
  AT.account = await synthesize("account");
  AT.role = await synthesize("role");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the example's main.ts as cdktf does, with a lock of the test's. */
async function synthesize(stage: keyof typeof LOCKS): Promise<Stacks> {
  const example = join(folder, "examples", stage);
  cpSync(join(CHECKOUT, EXAMPLE), example, {
    recursive: true,
    filter: (source) => !/(cdktf\.out|state|outputs\.json)$/.test(source),
  });
  writeFileSync(join(example, "trust.lock.json"), JSON.stringify(LOCKS[stage]));
  await promisify(execFile)(process.execPath, ["--import", "tsx", "main.ts"], { cwd: example });
  const read = (stack: string): Stack =>
    STACK.parse(
      JSON.parse(readFileSync(join(example, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8")),
    );
  return { a: read("account-a"), b: read("account-b") };
}

function at(stage: keyof typeof LOCKS): Stacks {
  const stacks = AT[stage];
  if (stacks === undefined) throw new Error(`not synthesized at stage ${stage}`);
  return stacks;
}

/** How many resources of each type a stack has. */
function countResources(stack: Stack): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(stack.resource).map(([type, all]) => [type, Object.keys(all).length]),
  );
}

/** The only resource of a type. */
function only(stack: Stack, type: string): Readonly<Record<string, unknown>> {
  const all = Object.values(stack.resource[type]);
  if (all.length !== 1) throw new Error(`expected one ${type}, found ${all.length}`);
  return all[0];
}

function policy(resource: Readonly<Record<string, unknown>>, argument: string): unknown {
  return JSON.parse(String(resource[argument]));
}

test("account A has the table, the role and its permissions, and nothing else", () => {
  expect(countResources(at("account").a)).toEqual({
    aws_dynamodb_table: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
  });
});

test("account B has the role, its permissions and the scheduled function, and nothing else", () => {
  expect(countResources(at("account").b)).toEqual({
    aws_cloudwatch_event_rule: 1,
    aws_cloudwatch_event_target: 1,
    aws_cloudwatch_log_group: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachment: 1,
    aws_lambda_function: 1,
    aws_lambda_permission: 1,
  });
});

test("while bar is not confirmed, foo_bar trusts account B for a principal with bar's ARN", () => {
  expect(policy(only(at("account").a, "aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::444455556666:root" },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": BAR } },
      },
    ],
  });
});

test("once bar is confirmed, foo_bar trusts bar alone", () => {
  expect(policy(only(at("role").a, "aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: BAR }, Action: "sts:AssumeRole" }],
  });
});

test("between the stages only foo_bar's assume_role_policy and the output trusts differ", () => {
  const account = structuredClone(at("account"));
  const role = structuredClone(at("role"));
  for (const { a } of [account, role]) {
    delete Object.values(a.resource.aws_iam_role)[0].assume_role_policy;
    delete a.output.trusts;
  }
  expect(role).toEqual(account);
  expect(at("role").a).not.toEqual(at("account").a);
});

test("foo_bar may put items into its own table, and nothing else", () => {
  expect(policy(only(at("account").a, "aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "dynamodb:PutItem",
        Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/TestTable",
      },
    ],
  });
  expect(only(at("account").a, "aws_dynamodb_table")).toMatchObject({ name: "TestTable" });
});

test("bar is for Lambda, may write its log, and may assume foo_bar alone", () => {
  const { b } = at("account");
  expect(policy(only(b, "aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  });
  expect(policy(only(b, "aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: FOO_BAR }],
  });
  expect(only(b, "aws_iam_role_policy_attachment")).toMatchObject({
    policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  });
});

test("the function is called every minute, by this rule alone", () => {
  const { b } = at("account");
  expect(only(b, "aws_cloudwatch_event_rule")).toMatchObject({
    schedule_expression: "rate(1 minute)",
  });
  expect(only(b, "aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    source_arn: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.[\w-]+\.arn\}$/),
  });
});

test("the function's hash is that of its files, so that it is the same at every synthesis", () => {
  const [one, two] = [at("account"), at("role")].map(({ b }) => only(b, "aws_lambda_function"));
  expect(one.source_code_hash).toMatch(/^[0-9A-F]{32}$/);
  expect(two).toEqual(one);
});

test("the outputs tell which role is to be assumed, by which, and at which stage", () => {
  const reference = expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\.arn\}$/);
  expect(at("account").a.output).toMatchObject({
    role_to_be_assumed: { value: reference },
    trusts: { value: { [FOO_BAR]: { [BAR]: "account" } } },
  });
  expect(at("role").a.output.trusts.value).toEqual({ [FOO_BAR]: { [BAR]: UNIQUE_ID } });
  expect(at("account").b.output).toMatchObject({
    role_which_will_assume: { value: reference },
    trusted_principals: {
      value: { [BAR]: expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\.unique_id\}$/) },
    },
  });
});

test("each stack stops when its profile has another account's credentials", () => {
  expect(at("account").a.provider).toEqual({
    aws: [{ allowed_account_ids: ["111122223333"], profile: "account-a", region: "eu-west-1" }],
  });
  expect(at("account").b.provider).toEqual({
    aws: [{ allowed_account_ids: ["444455556666"], profile: "account-b", region: "eu-west-1" }],
  });
});

test("the example ships with a lock that confirms nothing", () => {
  const lock: unknown = JSON.parse(
    readFileSync(join(CHECKOUT, EXAMPLE, "trust.lock.json"), "utf8"),
  );
  expect(lock).toEqual(LOCKS.account);
});
