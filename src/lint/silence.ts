import type { Estate } from "../estate/estate";
import type { LintRuleId, Silence } from "../model/lint-rule-ids";
import type { Model } from "../model/model";
import { sharedArn } from "../sharing/shared-arn";
import type { Location } from "../source/problem";
import type { LintFinding } from "./lint";

/** A finding that an entry of accounts.json silences. */
export interface SilencedFinding extends LintFinding {
  readonly reason: string;
  /** `roles.deploy`. */
  readonly by: string;
}

/** A rule that an entry silences although nothing is found there. */
export interface IdleSilence {
  readonly path: string;
  readonly location: Location;
}

/** Findings that count, those that do not, and silences without a finding. */
export interface SilencedFindings {
  readonly open: readonly LintFinding[];
  readonly silenced: readonly SilencedFinding[];
  readonly idle: readonly IdleSilence[];
}

/** An entry that silences rules, and what it is responsible for. */
interface SilencingEntry {
  readonly path: string;
  readonly location: Location;
  readonly silence: Silence;
  /** ARNs of its roles or resources; or a whole account's ID. */
  readonly covers: ReadonlySet<string>;
}

/**
 * Takes out what entries silence: an entry of roles or sharing for its own roles and resources, an
 * account for everything in it, whoever wrote it.
 */
export function applySilences(
  findings: readonly LintFinding[],
  model: Model,
  estate: Estate,
): SilencedFindings {
  const entries = silencingEntries(model);
  const used = new Set<string>();
  const open: LintFinding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const finding of findings) {
    const names = [finding.ownerArn, ...otherArns(finding.ownerArn, estate), finding.accountId];
    const entry = entries.find(
      ({ silence, covers }) =>
        silence[finding.rule.id] !== undefined && names.some((name) => covers.has(name)),
    );
    const reason = entry?.silence[finding.rule.id];
    if (entry === undefined || reason === undefined) open.push(finding);
    else {
      used.add(`${entry.path}.silence.${finding.rule.id}`);
      silenced.push({ ...finding, reason, by: entry.path });
    }
  }
  const idle = entries.flatMap(({ path, location, silence }) =>
    ruleIds(silence).flatMap((id): readonly IdleSilence[] =>
      used.has(`${path}.silence.${id}`) ? [] : [{ path: `${path}.silence.${id}`, location }],
    ),
  );
  return { open, silenced, idle };
}

function silencingEntries({ roles, sharing, accounts }: Model): readonly SilencingEntry[] {
  const byPath = new Map<string, SilencingEntry>();
  const add = (path: string, location: Location, name: string, silence?: Silence): void => {
    if (silence === undefined || ruleIds(silence).length === 0) return;
    const covers = new Set([...(byPath.get(path)?.covers ?? []), name]);
    byPath.set(path, { path, location, silence, covers });
  };
  for (const { key, location, arn, silence } of roles) {
    if (key !== undefined) add(`roles.${key}`, location, arn, silence);
  }
  for (const { key, location, resource, silence } of sharing) {
    add(`sharing.${key}`, location, sharedArn(resource), silence);
  }
  for (const { name, location, id, silence } of accounts) {
    add(`accounts.${name}`, location, id, silence);
  }
  return [...byPath.values()];
}

/** A key's alias, and a secret without the six characters that AWS adds. */
function otherArns(arn: string, { resources }: Estate): readonly string[] {
  const aliasArn = resources.get(arn)?.aliasArn;
  return [arn.replace(/-aaaaaa$/, ""), ...(aliasArn === undefined ? [] : [aliasArn])];
}

function ruleIds(silence: Silence): readonly LintRuleId[] {
  return Object.keys(silence).filter(
    (id): id is LintRuleId => silence[id as LintRuleId] !== undefined,
  );
}
