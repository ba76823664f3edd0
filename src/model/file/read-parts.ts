import type { z } from "zod";
import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { checkName } from "./check-name";
import { checkRoleEntry } from "./check-role-entry";
import { checkSharingEntry } from "./check-sharing-entry";
import { parseEntry, type Entry } from "./entry";
import { isRecord } from "./file-form";
import { roleKey, sharingKey } from "./schema/file";
import { identitiesSchema, type IdentitiesInput } from "./schema/identities";
import { permissionSetSchema, type PermissionSetInput } from "./schema/permission-sets";
import { roleSchema, type RoleInput } from "./schema/roles";
import { permissionSetName } from "./schema/trusts";
import { sharingSchema, type SharingInput } from "./schema/sharing";

/** A key with its entry; without one where nothing of it could be read. */
interface Taken<T> extends Pick<Entry<unknown>, "at"> {
  readonly entry?: Entry<T>;
}

/** Entries by key, as the files that were read so far define them. */
type Part<T> = Map<string, Taken<T>>;

/** Gathers `roles`, `identities`, `permissionSets` and `sharing` of one organization from its files. */
export class Parts {
  private readonly rolesByKey: Part<RoleInput> = new Map();
  private readonly identitiesByAccount: Part<IdentitiesInput> = new Map();
  private readonly sharingByKey: Part<SharingInput> = new Map();
  private readonly setsByName: Part<PermissionSetInput> = new Map();

  constructor(private readonly problems: Problem[]) {}

  get roles(): readonly Entry<RoleInput>[] {
    return entriesOf(this.rolesByKey);
  }

  get identities(): readonly Entry<IdentitiesInput>[] {
    return entriesOf(this.identitiesByAccount);
  }

  get sharing(): readonly Entry<SharingInput>[] {
    return entriesOf(this.sharingByKey);
  }

  get permissionSets(): readonly Entry<PermissionSetInput>[] {
    return entriesOf(this.setsByName);
  }

  /** Keys of roles of which something is wrong. */
  get wrongRoles(): ReadonlySet<string> {
    return wrongKeysOf(this.rolesByKey);
  }

  /** Names of accounts in whose `identities` something is wrong. */
  get wrongIdentities(): ReadonlySet<string> {
    return wrongKeysOf(this.identitiesByAccount);
  }

  /** The parts of one file. */
  add(document: SourceDocument, value: Written): void {
    this.addPermissionSets(document, value);
    for (const path of this.newKeys(document, value, "roles", this.rolesByKey)) {
      checkName(document, path, roleKey, this.problems);
      const entry = this.parse(document, path, value.roles, this.rolesByKey, roleSchema);
      if (entry !== undefined) checkRoleEntry(entry, this.problems);
    }
    for (const path of this.newKeys(document, value, "identities", this.identitiesByAccount)) {
      this.parse(document, path, value.identities, this.identitiesByAccount, identitiesSchema);
    }
    for (const path of this.newKeys(document, value, "sharing", this.sharingByKey)) {
      checkName(document, path, sharingKey, this.problems);
      const entry = this.parse(document, path, value.sharing, this.sharingByKey, sharingSchema);
      if (entry !== undefined) checkSharingEntry(entry, this.problems);
    }
  }

  private addPermissionSets(document: SourceDocument, value: Written): void {
    for (const path of this.newKeys(document, value, "permissionSets", this.setsByName)) {
      checkName(document, path, permissionSetName, this.problems);
      this.parse(document, path, value.permissionSets, this.setsByName, permissionSetSchema);
    }
  }

  private parse<T>(
    document: SourceDocument,
    path: KeyPath,
    entries: unknown,
    known: Part<T>,
    schema: z.ZodType<T>,
  ): Entry<T> | undefined {
    const [, name] = path;
    const written = isRecord(entries) ? entries[name] : undefined;
    const { entry, problems } = parseEntry(document, path, written, schema);
    this.problems.push(...problems);
    const at = (inner: DataPath, part?: "key" | "value") =>
      document.locate([...path, ...inner], part);
    known.set(name, { entry, at });
    return entry;
  }

  /** Paths of a file's keys that no file before it defines; the others are problems. */
  private newKeys(
    document: SourceDocument,
    value: Written,
    part: "roles" | "identities" | "permissionSets" | "sharing",
    known: Part<unknown>,
  ): readonly KeyPath[] {
    const entries = value[part];
    if (entries === undefined) return [];
    if (!isRecord(entries)) {
      this.problems.push(
        inputError(document.locate([part]), [part], {
          expected: "an object { … }",
          found: showValue(entries),
          remedy: 'write { "name": { … } } for each',
        }),
      );
      return [];
    }
    return document.keys([part]).flatMap((name): readonly KeyPath[] => {
      const first = known.get(name)?.at([], "key");
      if (first === undefined) return [[part, name]];
      this.problems.push(
        inputError(document.locate([part, name], "key"), [part, name], {
          expected: "a key that no other file defines",
          found: `${showValue(name)}, which ${first.file}:${first.line} defines too`,
          remedy: "rename or remove one of the two",
        }),
      );
      return [];
    });
  }
}

type Written = Readonly<Record<string, unknown>>;

type KeyPath = readonly [part: string, name: string];

function entriesOf<T>(part: Part<T>): readonly Entry<T>[] {
  return [...part.values()].flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
}

function wrongKeysOf(part: Part<unknown>): ReadonlySet<string> {
  return new Set(
    [...part].flatMap(([name, { entry }]) =>
      entry === undefined || entry.leftOut.size > 0 ? [name] : [],
    ),
  );
}
