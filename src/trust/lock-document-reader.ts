import { isAccountId } from "../iam/arn";
import { tryPrincipalKind } from "../iam/principal-arn";
import type { Problem } from "../source/problem";
import { quote, showValue } from "../source/show-value";
import type { DataPath, SourceDocument } from "../source/source-document";
import { LOCK_VERSION } from "./format-lock";
import { isAccountArn, isAliasArn, isKeyArnOf, isResourceArn } from "./lock-arns";
import type { ConfirmedPrincipal, Lock } from "./lock";
import { readRevocations } from "./lock-revocations-reader";
import { LockValues, RESTORE, type Fields } from "./lock-values";
import { describeUniqueIdOf, isUniqueIdOf } from "./unique-id";

/**
 * Reads a lock out of a parsed file. Each part is read as far as it can be, so that one run tells
 * everything that is wrong; while there are problems, the lock is not to be used.
 */
export class LockDocumentReader {
  private readonly values: LockValues;

  constructor(private readonly document: SourceDocument) {
    this.values = new LockValues(document);
  }

  get problems(): readonly Problem[] {
    return this.values.problems;
  }

  read(): Lock {
    const root = this.values.fields([], this.document.value);
    if (root === undefined || !this.checkVersion(root.get("version"))) {
      return { principals: {}, applied: {}, stacks: {} };
    }
    this.values.checkKeys([], root, [
      "version",
      "applied",
      "keys",
      "principals",
      "revoked",
      "sealed",
      "stacks",
      "terms",
    ]);
    const principals = this.values.record(
      ["principals"],
      root.get("principals"),
      (path, arn, value) => {
        this.checkPrincipal(path, arn);
        return this.principal(path, arn, value);
      },
    );
    this.checkShared(principals);
    return {
      principals,
      applied: this.values.record(["applied"], root.get("applied"), (path, arn, value) => {
        this.checkTrusting(path, arn);
        return this.values.record(path, value, (each, principalArn, applied) => {
          this.checkPrincipal(each, principalArn);
          return applied === "account" ? applied : this.uniqueId(each, principalArn, applied, true);
        });
      }),
      // A lock that was written by hand need not have them.
      stacks: root.has("stacks")
        ? this.values.record(["stacks"], root.get("stacks"), (path, _stack, value) =>
            this.accountId(path, value),
          )
        : {},
      ...(root.has("keys") && {
        keys: this.values.record(["keys"], root.get("keys"), (path, alias, value) =>
          this.keyArn(path, alias, value),
        ),
      }),
      ...readRevocations(this.values, root),
      ...(root.has("terms") && {
        terms: this.values.record(["terms"], root.get("terms"), (path, arn, value) => {
          if (!isAccountArn(arn)) this.checkTrusting(path, arn);
          return this.values.record(path, value, (each, _key, digest) => this.digest(each, digest));
        }),
      }),
    };
  }

  private principal(path: DataPath, arn: string, value: unknown): ConfirmedPrincipal | undefined {
    const fields = this.values.fields(path, value);
    if (fields === undefined) return undefined;
    this.values.checkKeys(path, fields, ["uniqueId", "confirmedAt", "absent", "reopenedIn"]);
    const absent = this.values.mark(path, fields, "absent");
    const reopenedIn = this.reopenedIn([...path, "reopenedIn"], fields);
    return {
      uniqueId: this.uniqueId([...path, "uniqueId"], arn, fields.get("uniqueId")),
      confirmedAt: this.values.time([...path, "confirmedAt"], fields.get("confirmedAt")),
      ...(absent && { absent }),
      ...(reopenedIn && { reopenedIn }),
    };
  }

  private uniqueId(path: DataPath, arn: string, value: unknown, orAccount = false): string {
    if (typeof value === "string" && isUniqueIdOf(arn, value)) return value;
    // Of what is not a principal nothing can be said but that, and that was said.
    if (tryPrincipalKind(arn) !== undefined) {
      const expected = `${orAccount ? '"account" or ' : ""}${describeUniqueIdOf(arn)}`;
      this.values.error(path, { expected, found: showValue(value), remedy: RESTORE });
    }
    return "";
  }

  private reopenedIn(path: DataPath, fields: Fields): readonly string[] | undefined {
    if (!fields.has("reopenedIn")) return undefined;
    const value = fields.get("reopenedIn");
    if (Array.isArray(value) && value.length > 0) {
      return value.map((id, index) => this.accountId([...path, index], id));
    }
    const expected = "a list of account IDs, or no such key";
    this.values.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return undefined;
  }

  private digest(path: DataPath, value: unknown): string {
    const isDigest = (text: string) => /^[0-9a-f]{16}$/.test(text);
    return this.values.text(path, value, isDigest, "a digest of 16 hexadecimal digits");
  }

  private accountId(path: DataPath, value: unknown): string {
    return this.values.text(path, value, isAccountId, "an account ID, 12 digits in quotes");
  }

  /** Of another version nothing else can be said. */
  private checkVersion(version: unknown): boolean {
    if (version === LOCK_VERSION) return true;
    const isNewer = typeof version === "number" && version > LOCK_VERSION;
    this.values.error(["version"], {
      expected: `the version ${LOCK_VERSION}`,
      found: showValue(version),
      remedy: isNewer ? "use the newer crosstrust that wrote the file" : RESTORE,
    });
    return false;
  }

  private checkPrincipal(path: DataPath, arn: string): void {
    const found = tryPrincipalKind(arn);
    if (found === "role" || found === "user") return;
    const expected = "the ARN of one role or IAM user (arn:aws:iam::111122223333:role/name)";
    this.values.error(path, { expected, found: quote(arn), remedy: RESTORE }, "key");
  }

  private checkTrusting(path: DataPath, arn: string): void {
    if (tryPrincipalKind(arn) === "role" || isResourceArn(arn)) return;
    const expected =
      "the ARN of one role (arn:aws:iam::111122223333:role/name), or of a resource with a policy";
    this.values.error(path, { expected, found: quote(arn), remedy: RESTORE }, "key");
  }

  private keyArn(path: DataPath, alias: string, value: unknown): string {
    if (!isAliasArn(alias)) {
      const expected = "the ARN of a KMS alias (arn:aws:kms:eu-west-1:111122223333:alias/name)";
      this.values.error(path, { expected, found: quote(alias), remedy: RESTORE }, "key");
      return "";
    }
    const isRight = (text: string) => isKeyArnOf(alias, text);
    return this.values.text(
      path,
      value,
      isRight,
      "the ARN of a KMS key of the alias's account and region",
    );
  }

  private checkShared(principals: Lock["principals"]): void {
    const owners = new Map<string, string>();
    for (const [arn, { uniqueId, absent }] of Object.entries(principals)) {
      // An IAM user that is renamed keeps its ID, and leaves an entry that is marked absent.
      if (absent === true || uniqueId === "") continue;
      const owner = owners.get(uniqueId);
      if (owner === undefined) {
        owners.set(uniqueId, arn);
        continue;
      }
      const { line, column } = this.document.locate(["principals", owner], "key");
      this.values.error(["principals", arn, "uniqueId"], {
        expected: "a unique ID of its own, since AWS gives none to two principals",
        found: `${quote(uniqueId)}, which ${owner} has (line ${line}, column ${column})`,
        remedy: "take out the entry that is wrong, and run npx crosstrust confirm",
      });
    }
  }
}
