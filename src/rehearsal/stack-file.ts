import { parseTemplate, tryParseTraversal } from "../estate/template";
import {
  isJsonObject,
  parseTerraformStack,
  tryBlockList,
  type JsonObject,
  type TerraformBlock,
} from "../estate/terraform-json";
import { dependencyCycle, malformedStack, undeclared } from "./terraform-error";

/** One stack's Terraform JSON, as a deploy needs it. */
export interface StackFile {
  readonly name: string;
  /** Resources and data sources, each after those that it refers to. */
  readonly blocks: readonly TerraformBlock[];
  /** Address to the addresses that the block refers to or names in `depends_on`. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** `aws`, or `aws.ALIAS`, to the provider block. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  /** Output name to value. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Address to the ID of what an import block takes over. */
  readonly imports: ReadonlyMap<string, string>;
}

/** Reads a stack; throws TerraformError for what Terraform would not read either. */
export function readStackFile(name: string, json: unknown): StackFile {
  const { blocks, blockAt, awsProviders, malformed } = parseTerraformStack(name, json);
  if (malformed.length > 0) throw malformedStack(malformed[0]);
  const root = isJsonObject(json) ? json : {};
  const dependencies = new Map(
    blocks.map((block) => [block.address, dependenciesOf(block, blockAt)]),
  );
  return {
    name,
    blocks: inOrder(blocks, blockAt, dependencies),
    dependencies,
    providers: new Map(awsProviders.map((provider) => [providerKey(provider), provider])),
    outputs: new Map(
      blockList(root.output, "output").flatMap((outputs) =>
        Object.entries(outputs).flatMap(([key, output]) =>
          blockList(output, `output.${key}`).map(({ value }) => [key, value] as const),
        ),
      ),
    ),
    imports: new Map(
      blockList(root.import, "import").map(({ to, id }) => [String(to), String(id)]),
    ),
  };
}

/** The key of the provider that a block uses; undefined for a provider that is not AWS's. */
export function providerOf({ type, body }: TerraformBlock): string | undefined {
  const key = typeof body.provider === "string" ? body.provider : type.split("_")[0];
  return /^aws(\.|$)/.test(key) ? key : undefined;
}

function providerKey({ alias }: JsonObject): string {
  return typeof alias === "string" ? `aws.${alias}` : "aws";
}

function blockList(value: unknown, path: string): readonly JsonObject[] {
  const list = tryBlockList(value);
  if (list === undefined) throw malformedStack(path);
  return list;
}

function dependenciesOf(
  { address, body }: TerraformBlock,
  blockAt: ReadonlyMap<string, TerraformBlock>,
): readonly string[] {
  const found = new Set<string>();
  collectReferences(body, found, blockAt);
  for (const named of Array.isArray(body.depends_on) ? body.depends_on : []) {
    if (!blockAt.has(String(named))) throw undeclared(String(named));
    found.add(String(named));
  }
  return [...found].filter((other) => other !== address);
}

/** What the first part of an expression says that is no resource of the stack. */
const OTHER_SCOPES: ReadonlySet<string> = new Set([
  "var",
  "local",
  "module",
  "each",
  "self",
  "count",
]);

function collectReferences(
  value: unknown,
  found: Set<string>,
  blockAt: ReadonlyMap<string, TerraformBlock>,
): void {
  if (typeof value === "string") {
    if (!/[$%]\{/.test(value)) return;
    for (const part of parseTemplate(value)) {
      if (part.kind === "text") continue;
      const plain = tryParseTraversal(part.expression);
      if (plain !== undefined && !OTHER_SCOPES.has(plain.type) && !blockAt.has(plain.address)) {
        throw undeclared(plain.address);
      }
      // A function's or an index's expression is not evaluated, but what it names comes before it.
      for (const [named] of part.expression.matchAll(
        /(data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*/g,
      )) {
        if (blockAt.has(named)) found.add(named);
      }
    }
  } else if (Array.isArray(value)) {
    for (const item of value) collectReferences(item, found, blockAt);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === "//") continue;
      collectReferences(key, found, blockAt);
      collectReferences(item, found, blockAt);
    }
  }
}

function inOrder(
  blocks: readonly TerraformBlock[],
  blockAt: ReadonlyMap<string, TerraformBlock>,
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly TerraformBlock[] {
  const ordered: TerraformBlock[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (block: TerraformBlock): void => {
    if (done.has(block.address)) return;
    const start = path.indexOf(block.address);
    if (start >= 0) throw dependencyCycle(path.slice(start));
    path.push(block.address);
    for (const address of dependencies.get(block.address) ?? []) {
      const dependency = blockAt.get(address);
      if (dependency !== undefined) visit(dependency);
    }
    path.pop();
    done.add(block.address);
    ordered.push(block);
  };
  blocks.forEach(visit);
  return ordered;
}
