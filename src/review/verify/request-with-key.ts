import { contextOf } from "../../estate/request-values";
import type { KeyValue } from "../../estate/sample-values";
import type { RequestContext } from "../../iam/evaluation/request";

/**
 * The context in which a condition key has this value; undefined: in which the request does not carry the
 * key. Session tags that it passes already stay beside those that `aws:TagKeys` lists.
 */
export function withKey(context: RequestContext, key: string, value: KeyValue): RequestContext {
  const { keys, sessionTags, ...fields } = contextOf(new Map([[key, value ?? "any"]]));
  if (sessionTags !== undefined) {
    return {
      ...context,
      sessionTags: tagsWith(context.sessionTags ?? {}, sessionTags, key, value),
    };
  }
  if (keys !== undefined) {
    const others = Object.entries(context.keys ?? {}).filter(
      ([name]) => name.toLowerCase() !== key.toLowerCase(),
    );
    return { ...context, keys: { ...Object.fromEntries(others), ...(value && keys) } };
  }
  const absent = Object.fromEntries(Object.keys(fields).map((field) => [field, undefined]));
  return { ...context, ...(value === undefined ? absent : fields) };
}

type Tags = Readonly<Record<string, string>>;

function tagsWith(before: Tags, added: Tags, key: string, value: KeyValue): Tags {
  const isOne = key.toLowerCase() !== "aws:tagkeys";
  if (value !== undefined) return isOne ? { ...before, ...added } : { ...added, ...before };
  if (!isOne) return {};
  const [tag] = Object.keys(added);
  return Object.fromEntries(Object.entries(before).filter(([name]) => name !== tag));
}
