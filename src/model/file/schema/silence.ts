import { LINT_RULE_IDS } from "../../lint-rule-ids";
import { closed, text } from "./text";

const reason = text(
  /^\S(.*\S)?$/,
  "the reason in one line",
  "say why the trap is none here: check shows it with the finding",
).optional();

/** Rules of `check` that an entry silences, each with the reason. */
export const silence = closed(
  Object.fromEntries(LINT_RULE_IDS.map((id) => [id, reason])) as Record<
    (typeof LINT_RULE_IDS)[number],
    typeof reason
  >,
)
  .optional()
  .describe("Rules of check that do not count here, each with the reason (docs/lint.md)");
