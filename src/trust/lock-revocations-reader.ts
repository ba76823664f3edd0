import { tryPrincipalKind } from "../iam/principal-arn";
import { quote } from "../source/show-value";
import type { DataPath } from "../source/source-document";
import type { Lock, Revocation, Seal } from "./lock";
import { RESTORE, type Fields, type LockValues } from "./lock-values";

/** `revoked` and `sealed` of a lock, where it has them. */
export function readRevocations(
  values: LockValues,
  root: Fields,
): Pick<Lock, "revoked" | "sealed"> {
  const byRole = <T>(
    key: "revoked" | "sealed",
    read: (values: LockValues, path: DataPath, value: unknown) => T | undefined,
  ): Readonly<Record<string, T>> =>
    values.record([key], root.get(key), (path, arn, value) => {
      checkRole(values, path, arn);
      return read(values, path, value);
    });
  return {
    ...(root.has("revoked") && { revoked: byRole("revoked", readRevocation) }),
    ...(root.has("sealed") && { sealed: byRole("sealed", readSeal) }),
  };
}

function readRevocation(
  values: LockValues,
  path: DataPath,
  value: unknown,
): Revocation | undefined {
  const fields = values.fields(path, value);
  if (fields === undefined) return undefined;
  values.checkKeys(path, fields, [
    "at",
    "principals",
    "reaches",
    "sealedAt",
    "sealsLeft",
    "unconfirmed",
  ]);
  const unconfirmed = values.mark(path, fields, "unconfirmed");
  return {
    at: values.time([...path, "at"], fields.get("at")),
    principals: values.texts([...path, "principals"], fields.get("principals")),
    reaches: values.texts([...path, "reaches"], fields.get("reaches")),
    ...(fields.has("sealedAt") && {
      sealedAt: values.time([...path, "sealedAt"], fields.get("sealedAt")),
    }),
    sealsLeft: values.count([...path, "sealsLeft"], fields.get("sealsLeft")),
    ...(unconfirmed && { unconfirmed }),
  };
}

function readSeal(values: LockValues, path: DataPath, value: unknown): Seal | undefined {
  const fields = values.fields(path, value);
  if (fields === undefined) return undefined;
  values.checkKeys(path, fields, ["before", "until"]);
  return {
    before: values.time([...path, "before"], fields.get("before")),
    until: values.time([...path, "until"], fields.get("until")),
  };
}

function checkRole(values: LockValues, path: DataPath, arn: string): void {
  if (tryPrincipalKind(arn) === "role") return;
  const expected = "the ARN of one role (arn:aws:iam::111122223333:role/name)";
  values.error(path, { expected, found: quote(arn), remedy: RESTORE }, "key");
}
