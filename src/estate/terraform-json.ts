/** A JSON object whose values are still to be checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: not a list, not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A resource or data block of a stack. */
export interface TerraformBlock {
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  /** `aws_iam_role.images_role_1A2B3C4D`, `data.aws_iam_role.legacy_5E6F7A8B`. */
  readonly address: string;
  readonly body: JsonObject;
}

/** One stack's Terraform JSON, taken apart; what is not read here (outputs, backends) is left out. */
export interface TerraformStackJson {
  readonly name: string;
  /** In the order of the file. */
  readonly blocks: readonly TerraformBlock[];
  readonly blockAt: ReadonlyMap<string, TerraformBlock>;
  /** The `aws` provider blocks. */
  readonly awsProviders: readonly JsonObject[];
  readonly locals: ReadonlyMap<string, unknown>;
  /** Names of `module` blocks: what is in them cannot be seen from here. */
  readonly modules: readonly string[];
  /** Addresses of parts that are not of the shape that Terraform reads. */
  readonly malformed: readonly string[];
}

/**
 * Takes one stack's Terraform JSON apart, as cdktf synthesizes it or as it is written by hand:
 * wherever Terraform accepts one block or a list of blocks, both are read. Keys `//` are comments.
 */
export function parseTerraformStack(name: string, json: unknown): TerraformStackJson {
  const malformed: string[] = [];
  if (!isJsonObject(json)) malformed.push("");
  const root = isJsonObject(json) ? json : {};

  const blocks = (["resource", "data"] as const).flatMap((mode) =>
    readBlocks(mode, root, malformed),
  );
  return {
    name,
    blocks,
    blockAt: new Map(blocks.map((block) => [block.address, block])),
    awsProviders: objects(root.provider, "provider", malformed).flatMap((provider) =>
      objects(provider.aws, "provider.aws", malformed),
    ),
    locals: new Map(objects(root.locals, "locals", malformed).flatMap(entries)),
    modules: objects(root.module, "module", malformed).flatMap((module) =>
      entries(module).map(([key]) => key),
    ),
    malformed,
  };
}

/** One block or a list of them, as a list of objects; `undefined` when it holds anything else. */
export function tryBlockList(value: unknown): readonly JsonObject[] | undefined {
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const found = list.filter(isJsonObject);
  return found.length === list.length ? found : undefined;
}

function readBlocks(
  mode: "resource" | "data",
  root: JsonObject,
  malformed: string[],
): readonly TerraformBlock[] {
  const blocks: TerraformBlock[] = [];
  const addresses = new Set<string>();
  for (const types of objects(root[mode], mode, malformed)) {
    for (const [type, named] of entries(types)) {
      const typeAddress = mode === "data" ? `data.${type}` : type;
      for (const names of objects(named, typeAddress, malformed)) {
        for (const [name, body] of entries(names)) {
          const address = `${typeAddress}.${name}`;
          for (const one of objects(body, address, malformed)) {
            // Terraform refuses a second block under one address.
            if (addresses.has(address)) malformed.push(address);
            else blocks.push({ mode, type, name, address, body: one });
            addresses.add(address);
          }
        }
      }
    }
  }
  return blocks;
}

function objects(value: unknown, address: string, malformed: string[]): readonly JsonObject[] {
  const list = tryBlockList(value);
  if (list === undefined) malformed.push(address);
  return list ?? [];
}

function entries(object: JsonObject): readonly (readonly [string, unknown])[] {
  return Object.entries(object).filter(([key]) => key !== "//");
}
