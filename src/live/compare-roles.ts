import type { Estate, Identity } from "../estate/estate";
import { asArray, type PolicyDocument } from "../iam/policy-document";
import { isSamePolicy } from "../iam/same-policy";
import type { LiveRole } from "./live-aws";
import type { Reader } from "./try-estate";

/** A role of the estate against what AWS has. */
export interface ComparedRole {
  readonly role: Identity;
  /**
   * `orphaned`: its trust policy names somebody who is gone; `differs`: it says something else; `missing`:
   * there is no such role; `not readable`: no credentials at hand may read it.
   */
  readonly outcome: "same" | "orphaned" | "differs" | "missing" | "not readable";
  /** What the trust policy names or says there; AWS's own words. */
  readonly because?: string;
}

/** How many credentials of an account are tried to read one role. */
const MOST_READERS = 3;

/** Reads the roles that the stacks define, each by some credentials of its account. */
export async function compareRoles(
  estate: Estate,
  readers: readonly Reader[],
  onProgress: (text: string) => void,
): Promise<readonly ComparedRole[]> {
  const roles = [...estate.identities.values()].filter(
    ({ kind, defined, trustPolicy }) =>
      kind === "role" && defined && typeof trustPolicy === "object",
  );
  return Promise.all(
    roles.map(async (role) => {
      const own = readers.filter(({ accountId }) => accountId === role.accountId);
      if (own.length === 0) {
        return { role, outcome: "not readable", because: "no credentials in its account" } as const;
      }
      onProgress(`reading ${role.arn}`);
      return compare(role, await read(role, own));
    }),
  );
}

async function read({ name }: Identity, readers: readonly Reader[]): Promise<LiveRole> {
  let answer: LiveRole = { kind: "not readable", because: "nobody was asked" };
  for (const { aws } of readers.slice(0, MOST_READERS)) {
    answer = await aws.role(name);
    if (answer.kind !== "not readable") return answer;
  }
  return answer;
}

function compare(role: Identity, answer: LiveRole): ComparedRole {
  if (answer.kind === "missing") return { role, outcome: "missing" };
  if (answer.kind === "not readable") {
    return { role, outcome: "not readable", because: answer.because };
  }
  const orphans = orphansOf(answer.trustPolicy);
  if (orphans.length > 0) return { role, outcome: "orphaned", because: orphans.join(", ") };
  const there = JSON.stringify(answer.trustPolicy);
  return isSamePolicy(there, JSON.stringify(role.trustPolicy))
    ? { role, outcome: "same" }
    : { role, outcome: "differs", because: there };
}

/** Unique IDs in place of ARNs: what AWS shows of a principal that was deleted. */
function orphansOf({ Statement }: PolicyDocument): readonly string[] {
  return asArray(Statement)
    .flatMap(({ Principal }) =>
      Principal === undefined || Principal === "*" ? [] : asArray<string>(Principal.AWS),
    )
    .filter((principal) => /^(AROA|AIDA)[A-Z0-9]{8,}$/.test(principal));
}
