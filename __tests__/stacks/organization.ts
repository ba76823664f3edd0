import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesizeInMemory, type Extend } from "../../src/app";
import type { Model } from "../../src/model/model";
import { readModel } from "../../src/model/read-model";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { isPrincipalTrust } from "../../src/trust/trust";
import { parseStack, type StackJson } from "../constructs/stack-json";
import { lockOf } from "../constructs/trusts";

const EMPTY_LOCK_FILE = { version: 1, applied: {}, principals: {}, stacks: {} };

/** Adds nothing to any stack. */
export const NO_EXTENSION: Extend = () => undefined;

/** Reads an accounts file that has no error. */
export function readAccounts(file: string): Model {
  const { model, problems } = readModel(file);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (model === undefined || errors.length > 0) throw new Error(JSON.stringify(errors));
  return model;
}

/** The model of an accounts file with this content, and of an empty lock beside it. */
export function modelOf(accountsFile: Readonly<Record<string, unknown>>): Model {
  const base = mkdtempSync(join(tmpdir(), "crosstrust-model-"));
  try {
    const folder = join(base, "organization");
    mkdirSync(folder);
    writeFileSync(join(folder, "accounts.json"), JSON.stringify(accountsFile));
    writeFileSync(join(folder, "trust.lock.json"), JSON.stringify(EMPTY_LOCK_FILE));
    // As if the organization's folder stood in the checkout, where commands are run.
    return { ...readAccounts(join(folder, "accounts.json")), folder: "." };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Every stack, by name. */
export function synthesize(
  model: Model,
  extend: Extend = NO_EXTENSION,
): Readonly<Record<string, StackJson>> {
  return Object.fromEntries(
    [...synthesizeInMemory(model, extend)].map(([name, json]) => [name, parseStack(json)]),
  );
}

/** Every principal that some role trusts by name. */
export function trustedArns(model: Model): readonly string[] {
  const trusts = model.roles.flatMap((role) => role.trusts.filter(isPrincipalTrust));
  return [...new Set(trusts.map(({ principalArn }) => principalArn))].sort();
}

/** A unique ID that a principal may have; another one for another `life` of it. */
export function uniqueIdOf(arn: string, life = 1): string {
  const hash = createHash("sha256").update(`${arn} ${life}`).digest("hex").slice(0, 16);
  return `${arn.includes(":user/") ? "AIDA" : "AROA"}X${hash.toUpperCase()}`;
}

/** The model once these principals are confirmed. */
export function confirmed(model: Model, arns: readonly string[], life = 1): Model {
  return modelWithLock(
    model,
    lockOf(Object.fromEntries(arns.map((arn) => [arn, uniqueIdOf(arn, life)]))),
  );
}
