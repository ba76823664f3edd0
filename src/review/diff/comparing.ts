import type { Estate } from "../../estate/estate";
import type { Observer } from "./judge-suspect";

/** What is compared, and how it is called. */
export interface Comparing {
  readonly before: Estate;
  readonly after: Estate;
  readonly accounts: ReadonlyMap<string, string>;
  readonly observe: Observer;
}
