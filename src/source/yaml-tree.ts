import {
  type Alias,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
  isAlias,
  isMap,
  isScalar,
} from "yaml";
import { MAX_DEPTH } from "./parse-result";
import { quote } from "./show-value";
import type { DataPath } from "./source-document";
import { type SourceMember, type SourceNode, listNode, objectNode } from "./source-tree";
import type { TreeProblems } from "./tree-problems";
import { keyText, scalarValue } from "./yaml-scalar";

/**
 * Most values that aliases may add to a file: 10,000 accounts with twenty shared values each. A few
 * lines of aliases of aliases would otherwise make billions.
 */
const MAX_ALIASED_VALUES = 200_000;

/** A converted node with what an alias to it adds. */
interface Built {
  readonly node: SourceNode;
  /** Values in it, itself included. */
  readonly size: number;
  /** Levels of lists and objects in it. */
  readonly height: number;
}

/** Turns yaml's nodes into a tree of values with offsets, resolving aliases and merge keys. */
export class YamlTree {
  /** Anchors seen so far: an alias means the last one; `open` while inside of it. */
  private readonly anchors = new Map<string, Built | "open">();
  private aliasedValues = 0;
  /** Whether a value could not be made: checking the rest would only repeat that. */
  private incomplete = false;

  constructor(private readonly problems: TreeProblems) {}

  /** The tree of a document; undefined when limits are passed or a value cannot be told. */
  convert(contents: ParsedNode | null): SourceNode | undefined {
    const built = this.build(contents, [], 0);
    return this.incomplete ? undefined : built?.node;
  }

  /** Undefined where a problem was found that leaves no value. */
  private build(yaml: ParsedNode | null, path: DataPath, keyOffset: number): Built | undefined {
    if (yaml === null) return leaf(null, keyOffset);
    const anchor = isAlias(yaml) ? undefined : yaml.anchor;
    if (anchor !== undefined) this.anchors.set(anchor, "open");
    const built = isAlias(yaml) ? this.resolve(yaml, path) : this.buildValue(yaml, path);
    if (built === undefined) this.incomplete = true;
    else if (anchor !== undefined) this.anchors.set(anchor, built);
    return built;
  }

  private buildValue(yaml: Exclude<ParsedNode, Alias.Parsed>, path: DataPath): Built | undefined {
    if (isScalar(yaml)) return leaf(scalarValue(yaml), yaml.range[0]);
    if (path.length >= MAX_DEPTH) {
      this.problems.nestedTooDeep(yaml.range[0], path);
      return undefined;
    }
    return isMap(yaml) ? this.buildObject(yaml, path) : this.buildList(yaml, path);
  }

  private buildList(yaml: YAMLSeq.Parsed, path: DataPath): Built {
    const offset = yaml.range[0];
    const items = yaml.items.map(
      (item, index) => this.build(item, [...path, index], offset) ?? leaf(null, offset),
    );
    const nodes = items.map((item) => item.node);
    return collection(listNode(offset, nodes), items);
  }

  private buildObject(yaml: YAMLMap.Parsed, path: DataPath): Built {
    const members = new Map<string, SourceMember>();
    const merged: SourceMember[] = [];
    const parts: Built[] = [];
    for (const { key, value } of yaml.items) {
      const keyOffset = key.range[0];
      const name = this.keyOf(key, path);
      if (name === undefined || this.isRefused(name, members, path, keyOffset)) continue;
      const built = this.build(value, [...path, name], keyOffset) ?? leaf(null, keyOffset);
      parts.push(built);
      const member = { keyOffset, node: built.node };
      if (name === "<<" && isScalar(key) && key.type === "PLAIN") merged.push(member);
      else members.set(name, member);
    }
    for (const source of merged) this.merge(source, members, path);
    return collection(objectNode(yaml.range[0], members), parts);
  }

  private isRefused(
    name: string,
    members: ReadonlyMap<string, SourceMember>,
    path: DataPath,
    keyOffset: number,
  ): boolean {
    const first = members.get(name);
    if (name === "__proto__") this.problems.forbiddenKey([...path, name], keyOffset);
    else if (first === undefined) return false;
    else this.problems.duplicateKey([...path, name], first.keyOffset, keyOffset);
    return true;
  }

  /** Adds the members of what a `<<` names, where the mapping itself has none of that name. */
  private merge(source: SourceMember, members: Map<string, SourceMember>, path: DataPath): void {
    for (const node of source.node.items ?? [source.node]) {
      if (node.members === undefined) {
        this.problems.add(source.keyOffset, [...path, "<<"], {
          expected: "a mapping, or a list of mappings, to merge",
          found: "something else",
          remedy: 'name an anchor of a mapping, or quote the key: "<<"',
        });
        return;
      }
      for (const [name, member] of node.members) {
        if (!members.has(name)) members.set(name, member);
      }
    }
  }

  private keyOf(key: ParsedNode, path: DataPath): string | undefined {
    const name = isAlias(key)
      ? this.resolve(key, path)?.node.value
      : isScalar(key)
        ? keyText(key)
        : undefined;
    if (typeof name === "string") return name;
    this.incomplete = true;
    this.problems.add(key.range[0], path, {
      expected: "a text as key",
      found: isScalar(key) ? "an empty key" : "a list or mapping, or an alias",
      remedy: "write a text before the colon",
    });
    return undefined;
  }

  private resolve(alias: Alias.Parsed, path: DataPath): Built | undefined {
    const target = this.anchors.get(alias.source);
    const offset = alias.range[0];
    if (target === undefined || target === "open") {
      const why = target === "open" ? "inside of its own anchor" : "which no anchor defines";
      this.problems.add(offset, path, {
        expected: "an alias of an anchor that ends before it",
        found: `${quote(`*${alias.source}`)}, ${why}`,
        remedy: `define &${alias.source} earlier, or write the value out`,
      });
      return undefined;
    }
    const before = this.aliasedValues;
    this.aliasedValues += target.size;
    if (this.aliasedValues > MAX_ALIASED_VALUES) {
      // Told once: every alias after it would say the same.
      if (before <= MAX_ALIASED_VALUES) {
        this.problems.add(offset, path, {
          expected: `aliases that repeat at most ${MAX_ALIASED_VALUES} values in all`,
          found: "more",
          remedy: "write values out instead of nesting aliases",
        });
      }
      return undefined;
    }
    if (path.length + target.height > MAX_DEPTH) {
      this.problems.nestedTooDeep(offset, path);
      return undefined;
    }
    return target;
  }
}

function leaf(value: unknown, offset: number): Built {
  return { node: { value, offset }, size: 1, height: 0 };
}

function collection(node: SourceNode, parts: readonly Built[]): Built {
  let size = 1;
  let height = 0;
  for (const part of parts) {
    size += part.size;
    height = Math.max(height, part.height);
  }
  return { node, size, height: height + 1 };
}
