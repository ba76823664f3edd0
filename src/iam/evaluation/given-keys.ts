import { asArray, type OneOrMany } from "../policy-document";
import type { RequestContext } from "./request";
import type { KnownValue } from "./request-keys";

type GivenKeys = Readonly<Record<string, OneOrMany<string>>>;
const NO_KEYS: ReadonlyMap<string, KnownValue> = new Map();
const GIVEN_KEYS = new WeakMap<GivenKeys, ReadonlyMap<string, KnownValue>>();

/** The keys that a request's context gives by name, by their names in lower case. */
export function givenKeys({ keys }: RequestContext): ReadonlyMap<string, KnownValue> {
  if (keys === undefined) return NO_KEYS;
  const known = GIVEN_KEYS.get(keys);
  if (known !== undefined) return known;
  const byLowerCaseName = new Map(
    Object.entries(keys).map(([name, value]): [string, KnownValue] => [
      name.toLowerCase(),
      typeof value === "string" ? value : asArray(value),
    ]),
  );
  GIVEN_KEYS.set(keys, byLowerCaseName);
  return byLowerCaseName;
}
