import type { Session } from "./provider-sessions";
import type { ResourceArguments } from "./resources/resource-arguments";
import type { ResourcePlace, ResourceType } from "./resources/resource-type";
import type { Attributes } from "./value";

/** Where a resource is: in the account of its provider's session, and in the region that counts for it. */
export function placeOf(session: Session, args: ResourceArguments): ResourcePlace {
  return { account: session.account, region: args.optionalText("region") ?? session.region };
}

/** What counts where the stack leaves an argument out, the region of the provider among it. */
export function defaultsOf(
  type: ResourceType | undefined,
  session: Session | undefined,
): Attributes {
  return {
    ...type?.defaults,
    ...(type?.regional === true && session !== undefined && { region: session.region }),
  };
}

/** What AWS shows of a resource; undefined when it is gone. */
export function readResource(
  type: ResourceType,
  place: ResourcePlace,
  id: string,
  known: ResourceArguments,
): Attributes | undefined {
  const shown = type.read(place, id, known);
  return shown === undefined || type.regional !== true ? shown : { region: place.region, ...shown };
}

/** Arguments whose change makes another object. */
export function replacedBy(type: ResourceType, changed: readonly string[]): boolean {
  return changed.some(
    (name) => type.replacedBy.includes(name) || (type.regional === true && name === "region"),
  );
}
