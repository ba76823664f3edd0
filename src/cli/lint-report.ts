import { tryParseIamArn } from "../iam/arn";
import type { LintFinding } from "../lint/lint";
import type { SilencedFinding, SilencedFindings } from "../lint/silence";
import { groupBy } from "../model/group-by";
import type { Model } from "../model/model";
import { indent, type Terminal } from "./terminal";

/** What `check --json` says of a finding. */
export interface LintFindingJson {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly owner: string;
  readonly accountId: string;
  readonly stack: string;
  readonly address: string;
  readonly where?: string;
  readonly found: string;
  readonly explains: string;
  readonly remedy: string;
  readonly page: string;
}

/** Findings rule by rule, each rule explained once; then what is silenced, with the reasons. */
export function printLint(
  terminal: Terminal,
  { accounts }: Model,
  { open, silenced }: SilencedFindings,
): void {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  for (const [rule, findings] of groupBy(open, (finding) => finding.rule)) {
    const { id, severity, explains, remedy, page } = rule;
    const paint = severity === "error" ? terminal.colors.red : terminal.colors.yellow;
    terminal.print(`${paint(severity)}: ${id}: ${explains}; do: ${remedy}`);
    terminal.print(terminal.colors.dim(indent(page)));
    for (const finding of findings) terminal.print(indent(lineOf(finding, names)));
  }
  for (const finding of silenced) {
    terminal.print(
      `silenced: ${finding.rule.id}: ${lineOf(finding, names)}; ${finding.by}: ${finding.reason}`,
    );
  }
}

/** The findings as data. */
export function lintJson({ open, silenced }: SilencedFindings): {
  readonly findings: readonly LintFindingJson[];
  readonly silenced: readonly (LintFindingJson & Pick<SilencedFinding, "by" | "reason">)[];
} {
  return {
    findings: open.map(jsonOf),
    silenced: silenced.map((finding) => ({
      ...jsonOf(finding),
      by: finding.by,
      reason: finding.reason,
    })),
  };
}

function jsonOf({ rule, ownerArn, accountId, origin, where, found }: LintFinding): LintFindingJson {
  const { id, severity, explains, remedy, page } = rule;
  return {
    rule: id,
    severity,
    owner: ownerArn,
    accountId,
    stack: origin.stack,
    address: origin.address,
    ...(where !== undefined && { where }),
    found,
    explains,
    remedy,
    page,
  };
}

function lineOf(
  { ownerArn, accountId, origin, where, found }: LintFinding,
  names: ReadonlyMap<string, string>,
): string {
  const parsed = tryParseIamArn(ownerArn);
  const kind = parsed === undefined || parsed.type === "role" ? "" : `${parsed.type} `;
  const name = parsed?.name ?? ownerArn.split(":").slice(5).join(":");
  const place = [`${names.get(accountId) ?? accountId}/${kind}${name}`, where];
  return `${place.filter((part) => part !== undefined).join(", ")}: ${found} (${origin.stack}: ${origin.address})`;
}
