import { showValue } from "../../source/show-value";
import { expectationOf } from "../../source/zod-problems";
import type { Entry } from "./entry";
import type { ReportAt } from "./report-at";
import { sharedNames } from "./schema/shared-names";
import type { SharingInput } from "./schema/sharing";
import { sharedName, writtenName } from "./shared-name";

/** The name that an entry's resource comes to have, where it is not written itself or not ours to give. */
export function checkSharedName(entry: Entry<SharingInput>, report: ReportAt): void {
  const { value, leftOut } = entry;
  if (leftOut.has("name") || leftOut.has("alias") || leftOut.has("arn")) return;
  const name = sharedName(value, entry.name);
  if (writtenName(value) === undefined && name === entry.name) {
    const parsed = sharedNames[value.type].safeParse(name);
    if (!parsed.success) {
      const field = value.type === "kms-key" ? "alias" : "name";
      report([], "key", {
        expected: expectationOf(parsed.error.issues[0].message).expected,
        found: `${showValue(name)}, the entry's key`,
        remedy: `write ${field} beside it`,
      });
      return;
    }
  }
  if (value.existing === true) return;
  const path = writtenName(value) === undefined ? [] : ["name"];
  const part = path.length === 0 ? "key" : "value";
  if ((value.type === "sns-topic" || value.type === "sqs-queue") && name.endsWith(".fifo")) {
    report(path, part, {
      expected: "a name without .fifo: what is defined here is a standard topic or queue",
      found: showValue(name),
      remedy: 'take .fifo out, or make it yourself and write "existing": true',
    });
  }
  if (value.type === "event-bus" && (name === "default" || name.includes("/"))) {
    report(path, part, {
      expected: "the name of a custom event bus, not default and without a slash",
      found: showValue(name),
      remedy: 'rename it, or write "existing": true for a bus that is there already',
    });
  }
  if (value.type === "secret") checkSecretKey(entry, name, report);
}

/** Where no alias is written, the key of a secret has the secret's name, which may be none for KMS. */
function checkSecretKey({ value }: Entry<SharingInput>, name: string, report: ReportAt): void {
  if (value.type !== "secret") return;
  if (value.key !== undefined) {
    if (value.alias === undefined) return;
    report(["alias"], "key", {
      expected: "alias of a key that is defined here, or key of an existing one",
      found: "both",
      remedy: "take one of the two out",
    });
    return;
  }
  if (value.alias !== undefined) return;
  const parsed = sharedNames["kms-key"].safeParse(name);
  if (parsed.success) return;
  report([], "key", {
    expected: expectationOf(parsed.error.issues[0].message).expected,
    found: `${showValue(name)}, the secret's name, as that of its key`,
    remedy: "write alias, the name of its key",
  });
}
