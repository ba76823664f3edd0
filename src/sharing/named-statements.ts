import { policyDocument, type PolicyDocument, type Statement } from "../iam/policy-document";

/** Statements of one purpose, and the `Sid` that says which. */
export interface NamedStatements {
  /** Letters and digits alone: the only characters that every service takes in a `Sid`. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

/**
 * A resource policy: the statements of others first, unchanged, then ours, each with a `Sid` of its
 * own. Where several have one purpose, or `keep` has the name already, a number follows it.
 */
export function namedPolicy(
  keep: readonly Statement[],
  parts: readonly NamedStatements[],
): PolicyDocument {
  const taken = new Set(keep.map(({ Sid }) => Sid));
  const ours = parts.flatMap(({ name, statements }) =>
    statements.map((statement) => {
      const sid = freeSid(name, taken);
      taken.add(sid);
      return { Sid: sid, ...statement };
    }),
  );
  return policyDocument([...keep, ...ours]);
}

function freeSid(name: string, taken: ReadonlySet<string | undefined>): string {
  let sid = name;
  for (let number = 2; taken.has(sid); number += 1) sid = `${name}${number}`;
  return sid;
}
