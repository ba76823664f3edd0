import { asArray, type Statement } from "../iam/policy-document";

/** The values of a statement's conditions on a key, whatever their operators. `key`: in lower case. */
export function conditionValues({ Condition }: Statement, key: string): readonly string[] {
  return Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([name, values]) =>
      name.toLowerCase() === key ? asArray(values).map(String) : [],
    ),
  );
}
