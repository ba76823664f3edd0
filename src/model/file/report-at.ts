import type { ProblemText } from "../../source/input-error";
import type { DataPath } from "../../source/source-document";

/** Reports what is wrong with an entry, at a path inside of it. */
export type ReportAt = (path: DataPath, part: "key" | "value", text: ProblemText) => void;
