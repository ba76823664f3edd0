import type { Location } from "../../source/problem";
import type { Inquiry } from "../ask/decide-on";
import type { Principal } from "../names/principal";

/** A request of a test. */
export interface TestRequest {
  readonly principal: Principal;
  readonly inquiry: Inquiry;
}

/** What must hold, with names found in an estate. */
export interface AccessTest {
  readonly name: string;
  readonly expect: "allowed" | "denied";
  /**
   * At least one: a key that stands for the roles of several accounts makes a request for each, and every
   * one of them must come out as expected.
   */
  readonly requests: readonly TestRequest[];
  readonly location: Location;
}
