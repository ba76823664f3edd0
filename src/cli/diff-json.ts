import type { EstateDiff } from "../review/diff/difference";
import { sentencesOf } from "../review/diff/sentences";

/** Two estates that were compared, by their names for people. */
export interface ComparedEstates {
  readonly before: string;
  readonly after: string;
  readonly diff: EstateDiff;
}

/** `crosstrust diff --json`: a contract (docs/commands.md). */
export function diffJson({ before, after, diff }: ComparedEstates): unknown {
  return {
    before,
    after,
    changes: sentencesOf(diff.differences, Infinity).map(({ direction, text, differences }) => ({
      direction,
      text,
      accesses: differences.map(({ kind, who, target, action, origins, evidence }) => ({
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
      })),
    })),
    replaced: diff.replaced,
    unchanged: diff.unchanged,
  };
}
