/** An answer that may be beyond what can be told; Kleene's strong three-valued logic. */
export type Truth = "yes" | "no" | "unknown";

/** `yes` for true, `no` for false. */
export function truthOf(value: boolean): Truth {
  return value ? "yes" : "no";
}

/** Both: `no` as soon as one is `no`, whatever the other. */
export function and(left: Truth, right: Truth): Truth {
  if (left === "no" || right === "no") return "no";
  return left === "yes" && right === "yes" ? "yes" : "unknown";
}

/** Either: `yes` as soon as one is `yes`, whatever the other. */
export function or(left: Truth, right: Truth): Truth {
  if (left === "yes" || right === "yes") return "yes";
  return left === "no" && right === "no" ? "no" : "unknown";
}

/** The opposite; what is unknown stays unknown. */
export function not(value: Truth): Truth {
  if (value === "unknown") return "unknown";
  return value === "yes" ? "no" : "yes";
}
