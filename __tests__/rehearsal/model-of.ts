import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Model } from "../../src/model/model";
import { readModel } from "../../src/model/read-model";
import { formatProblem } from "../../src/source/problem";
import { formatLock } from "../../src/trust/format-lock";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";

/** An accounts file that a test changes. */
export interface AccountsJson {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly accounts: Readonly<Record<string, unknown>>;
  readonly identities: Readonly<Record<string, unknown>>;
  readonly roles: Readonly<Record<string, unknown>>;
}

/** The file of examples/staged-bootstrap. */
export function sample(): AccountsJson {
  return JSON.parse(
    readFileSync(join(__dirname, "../../examples/staged-bootstrap/accounts.json"), "utf8"),
  );
}

/** The model of files by name, read as the commands read them. Throws when one is wrong. */
export function modelOfFiles(
  files: Readonly<Record<string, unknown>>,
  lock: Lock = EMPTY_LOCK,
): Model {
  const folder = mkdtempSync(join(tmpdir(), "crosstrust-model-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
    writeFileSync(join(folder, "trust.lock.json"), formatLock(lock));
    const [main] = Object.keys(files);
    const { model, problems } = readModel(join(folder, main));
    const errors = problems.filter(({ severity }) => severity === "error");
    if (model === undefined || errors.length > 0) {
      throw new Error(errors.map(formatProblem).join("\n"));
    }
    return model;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The model of an accounts file. */
export function modelOf(accounts: unknown, lock?: Lock): Model {
  return modelOfFiles({ "accounts.json": accounts }, lock);
}
