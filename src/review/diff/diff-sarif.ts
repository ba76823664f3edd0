import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { replacementText, type DiffReport } from "./diff-report";
import type { Origin } from "../../estate/estate";
import type { Sentence } from "./sentences";

/**
 * What a change does to access, as SARIF 2.1.0 for code scanning. `file`: what people would change, by
 * its path in the repository; the stack and the resource are logical locations.
 */
export function diffSarif(report: DiffReport, file: string): Log {
  const result = (ruleId: string, text: string, origins: readonly Origin[]): Result => ({
    ruleId,
    level: LEVELS[ruleId],
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        logicalLocations: origins.slice(0, 10).map(({ stack, address }) => ({
          fullyQualifiedName: address === "" ? stack : `${stack}/${address}`,
          kind: "resource",
        })),
      },
    ],
    partialFingerprints: {
      "change/v1": createHash("sha256").update(`${ruleId} ${text}`).digest("hex"),
    },
  });
  const told = (ruleId: string, sentences: readonly Sentence[]): readonly Result[] =>
    sentences.map(({ text, origins }) => result(ruleId, text, origins));
  const allowed = report.allowed.map(({ text, origins, entry }): Result => ({
    ...result("access-widened", text, origins),
    suppressions: [{ kind: "external", status: "accepted", justification: entry.reason }],
  }));
  return {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "crosstrust", rules: [...RULES] } },
        results: [
          ...told("access-widened", report.widened),
          ...allowed,
          ...told("access-undecided", report.undecided),
          ...report.replaced.map((one) =>
            result("principal-replaced", replacementText(one), [one.after.origin]),
          ),
          ...told("access-narrowed", report.narrowed),
        ],
      },
    ],
  };
}

const LEVELS: Readonly<Record<string, Result.level>> = {
  "access-widened": "error",
  "access-undecided": "warning",
  "principal-replaced": "warning",
  "access-narrowed": "note",
};

const RULES: readonly ReportingDescriptor[] = [
  { id: "access-widened", shortDescription: { text: "Somebody gains access" } },
  { id: "access-undecided", shortDescription: { text: "Whether access changes cannot be told" } },
  { id: "principal-replaced", shortDescription: { text: "A role or user is made anew" } },
  { id: "access-narrowed", shortDescription: { text: "Somebody loses access" } },
].map((rule) => ({ ...rule, defaultConfiguration: { level: LEVELS[rule.id] } }));
