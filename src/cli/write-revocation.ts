import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import writeFileAtomic from "write-file-atomic";
import { takeOutTrusts } from "../model/file/take-out-trusts";
import type { Model } from "../model/model";
import { FileWriteError } from "../source/file-write-error";
import { updateLock } from "../trust/lock-file";
import { UsageError } from "./exit-code";
import type { JudgedRevocation } from "./judge-revocation";
import { loadProject, type Project } from "./project";
import { recordRevocations } from "./record-revocations";
import { trustsOf, type RevokedTrusts } from "./revoked-trusts";

/**
 * Takes the trusts out of their file and records that in the lock. The file is as it was when anything of
 * it fails: an error that the change makes, a trust of another role that would go too, a lock that cannot
 * be written.
 */
export function writeRevocation(
  { model, lockFile }: Project,
  revoked: RevokedTrusts,
  { reached }: JudgedRevocation,
): void {
  const { file, path, positions } = revoked;
  const text = readFileSync(file, "utf8");
  write(file, takeOutTrusts(file, text, path, positions));
  try {
    requireOthersKept(model, loadProject().model, revoked);
    updateLock(lockFile, (lock) => recordRevocations(lock, revoked, reached));
  } catch (error) {
    write(file, text);
    throw error;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileAtomic.sync(file, text);
  } catch (error) {
    throw new FileWriteError(file, error);
  }
}

/** Trusts can stand in a file once and count for several roles: by an anchor of YAML. */
function requireOthersKept(before: Model, after: Model, revoked: RevokedTrusts): void {
  const changed = new Set(revoked.roles);
  const now = new Map(after.roles.map(({ arn, trusts }) => [arn, trusts]));
  for (const role of before.roles) {
    const gone = new Set(changed.has(role) ? trustsOf(revoked, role) : []);
    const kept = role.trusts.filter((trust) => !gone.has(trust));
    if (isDeepStrictEqual(kept, now.get(role.arn))) continue;
    throw new UsageError(
      `expected to change ${[...changed].map(({ arn }) => arn).join(", ")} alone, found that ${role.arn} would change too (an anchor in ${revoked.file}?); nothing was changed: write its trusts out, and run this again`,
    );
  }
}
