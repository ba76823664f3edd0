import type { Difference } from "../review/diff/difference";
import type { DiffReport } from "../review/diff/diff-report";
import type { Sentence } from "../review/diff/sentences";

/** `crosstrust diff --json`: a contract (docs/commands.md). */
export function diffJson(report: DiffReport): unknown {
  const { before, after, widened, allowed, undecided, narrowed, replaced, unchanged } = report;
  return {
    before,
    after,
    changes: [...widened, ...undecided, ...narrowed].map(changeJson),
    allowed: allowed.map(({ entry, ...sentence }) => ({ ...changeJson(sentence), entry })),
    replaced,
    unchanged,
    expired: report.expired,
    unused: report.unused,
  };
}

function changeJson({ direction, text, differences }: Sentence): object {
  return { direction, text, accesses: differences.map(accessJson) };
}

function accessJson({ kind, who, target, action, origins, evidence }: Difference): object {
  return {
    kind,
    principal: who.principal,
    ...(target !== undefined && { target }),
    ...(action !== undefined && { action }),
    places: origins,
    ...(evidence !== undefined && {
      request: {
        caller: evidence.request.caller.arn,
        action: evidence.request.action,
        resource: evidence.request.resource.arn,
        context: evidence.request.context,
        before: evidence.before,
        after: evidence.after,
      },
    }),
  };
}
