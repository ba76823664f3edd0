import { tooDeepInJson } from "../source/json-depth";
import { POLICY_VERSION } from "../iam/policy-document";
import type { AttributeContext } from "./attributes";
import type { ResolvedText } from "./resolved-text";
import { MarkedText } from "./resolved-text";
import type { JsonObject, TerraformBlock } from "./terraform-json";
import { isJsonObject, tryBlockList } from "./terraform-json";

/** A statement of the document, in IAM's spelling. */
type StatementJson = JsonObject;

/** A document before merging. */
interface DocumentJson {
  readonly version: string;
  readonly statements: readonly StatementJson[];
}

/** Stops reading a data block whose content only Terraform can evaluate. */
class NotStatic extends Error {}

/**
 * The JSON text of an `aws_iam_policy_document` data source, as the AWS provider writes it: `&{…}`
 * becomes `${…}`, statements of `source_policy_documents` come first and are replaced by own ones of
 * the same Sid, those of `override_policy_documents` replace both.
 */
export function policyDocumentText(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const marks = new MarkedText();
  try {
    const read = (value: unknown): string => marks.mark(context.text(value));
    return marks.unmark(JSON.stringify(documentOf(block.body, read)));
  } catch (error) {
    if (!(error instanceof NotStatic)) throw error;
    return [{ expression: `${block.address}.json`, reason: error.message }];
  }
}

function documentOf(body: JsonObject, read: (value: unknown) => string): JsonObject {
  if (body.dynamic !== undefined) throw new NotStatic("it has dynamic blocks");
  const unsupported = ["source_json", "override_json"].find((key) => body[key] !== undefined);
  if (unsupported !== undefined) throw new NotStatic(`it has ${unsupported}, which is not read`);

  const own: DocumentJson = {
    version: isGiven(body.version) ? read(body.version) : POLICY_VERSION,
    statements: blocksOf(body, "statement").map((statement) => statementOf(statement, read)),
  };
  const documents = [
    ...listOf(body.source_policy_documents).map((source) => documentOfText(read(source))),
    own,
    ...listOf(body.override_policy_documents).map((override) => documentOfText(read(override))),
  ];
  const merged: StatementJson[] = [];
  for (const { statements } of documents) mergeInto(merged, statements);
  return {
    // The newest counts: a document that is merged in raises the version.
    Version: documents.map(({ version }) => version).reduce((a, b) => (a < b ? b : a)),
    ...(isGiven(body.policy_id) && { Id: read(body.policy_id) }),
    Statement: merged,
  };
}

function mergeInto(merged: StatementJson[], statements: readonly StatementJson[]): void {
  for (const statement of statements) {
    const same = merged.findIndex(
      (earlier) => earlier.Sid !== undefined && earlier.Sid !== "" && earlier.Sid === statement.Sid,
    );
    if (same === -1) merged.push(statement);
    else merged[same] = statement;
  }
}

function documentOfText(text: string): DocumentJson {
  if (tooDeepInJson(text) !== undefined)
    throw new NotStatic("a source document is nested too deep");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotStatic("a source or override document cannot be read as JSON");
  }
  const statements = isJsonObject(json) ? tryBlockList(json.Statement) : undefined;
  if (!isJsonObject(json) || statements === undefined) {
    throw new NotStatic("a source or override is no policy document");
  }
  const { Version: version = "" } = json;
  if (typeof version !== "string") throw new NotStatic("the version of a source is no text");
  return { version, statements };
}

function statementOf(block: JsonObject, read: (value: unknown) => string): StatementJson {
  if (block.dynamic !== undefined) throw new NotStatic("a statement has dynamic blocks");
  // `&{` is the provider's own spelling for IAM's policy variables.
  const texts = (value: unknown): readonly string[] =>
    listOf(value).map((item) => read(item).replaceAll("&{", "${"));
  const statement: Record<string, unknown> = {
    ...(isGiven(block.sid) && { Sid: read(block.sid) }),
    Effect: isGiven(block.effect) ? read(block.effect) : "Allow",
  };
  for (const [argument, element] of LISTS) {
    const values = texts(block[argument]);
    if (values.length > 0) statement[element] = values;
  }
  for (const [argument, element] of PRINCIPALS) {
    const principals = blocksOf(block, argument);
    if (principals.length > 0) statement[element] = principalOf(principals, read, texts);
  }
  const conditions = blocksOf(block, "condition");
  if (conditions.length > 0) {
    const byOperator = new Map<string, Map<string, readonly string[]>>();
    for (const condition of conditions) {
      const operator = read(condition.test);
      const key = read(condition.variable);
      const byKey = byOperator.get(operator) ?? new Map<string, readonly string[]>();
      byKey.set(key, [...(byKey.get(key) ?? []), ...texts(condition.values)]);
      byOperator.set(operator, byKey);
    }
    statement.Condition = Object.fromEntries(
      [...byOperator].map(([operator, byKey]) => [operator, Object.fromEntries(byKey)]),
    );
  }
  return statement;
}

const LISTS = [
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
] as const;

const PRINCIPALS = [
  ["principals", "Principal"],
  ["not_principals", "NotPrincipal"],
] as const;

function principalOf(
  blocks: readonly JsonObject[],
  read: (value: unknown) => string,
  texts: (value: unknown) => readonly string[],
): unknown {
  const byType = new Map<string, readonly string[]>();
  for (const block of blocks) {
    const type = read(block.type);
    byType.set(type, [...(byType.get(type) ?? []), ...texts(block.identifiers)]);
  }
  if (!byType.has("*")) return Object.fromEntries(byType);
  if (byType.size === 1) return "*";
  throw new NotStatic("it names principals of type * beside others");
}

function blocksOf(body: JsonObject, name: string): readonly JsonObject[] {
  const blocks = tryBlockList(body[name]);
  if (blocks === undefined) throw new NotStatic(`its ${name} is not a list of blocks`);
  return blocks;
}

function listOf(value: unknown): readonly unknown[] {
  if (!isGiven(value)) return [];
  if (!Array.isArray(value)) throw new NotStatic("a list stands as an expression");
  return value;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
