import type { AccountControlPolicies } from "../../estate/estate";
import { asArray } from "../../iam/policy-document";
import type { Comparing } from "./comparing";
import type { Difference, Direction } from "./difference";

/**
 * Accounts whose control policies differ. Principals are compared as if there were none: a control
 * policy gives nothing, and what one of them takes is told for the account as a whole.
 */
export function controlPolicyDifferences({
  before,
  after,
  accounts,
}: Comparing): readonly Difference[] {
  const [was, is] = [before, after].map(({ controlPolicies = NONE }) => controlPolicies);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id): readonly Difference[] => {
    const [one, other] = [was.get(id), is.get(id)];
    const direction = directionOf(textsOf(one), textsOf(other));
    if (direction === undefined) return [];
    return [
      {
        direction,
        kind: "access",
        who: { principal: id, label: `the control policies of account ${accounts.get(id) ?? id}` },
        targetLabel: "",
        verb: VERBS[direction],
        rest: "",
        origins: ((other ?? one)?.attachments ?? []).map(({ origin }) => origin),
      },
    ];
  });
}

const NONE: ReadonlyMap<string, AccountControlPolicies> = new Map();

const VERBS: Readonly<Record<Direction, string>> = {
  widened: "deny less",
  narrowed: "deny more",
  undecided: "differ, and may deny more or less",
};

/** The statements of all policies of both kinds; `unread` stands for a policy that cannot be read. */
interface Texts {
  readonly denies: ReadonlySet<string>;
  readonly others: string;
}

function textsOf(policies: AccountControlPolicies | undefined): Texts {
  const denies = new Set<string>();
  const others: string[] = [];
  for (const kind of ["service", "resource"] as const) {
    for (const { name, document } of (policies?.[kind] ?? []).flat()) {
      if (FULL_ACCESS.test(name)) continue;
      if (document === undefined) others.push(`${kind} ${name} unread`);
      for (const statement of asArray(document?.Statement)) {
        const text = `${kind} ${JSON.stringify({ ...statement, Sid: undefined })}`;
        if (statement.Effect === "Deny") denies.add(text);
        else others.push(text);
      }
    }
  }
  return { denies, others: others.sort().join("\n") };
}

const FULL_ACCESS = /^(RCP)?FullAWSAccess$/;

/** Undefined where both say the same. */
function directionOf(was: Texts, is: Texts): Direction | undefined {
  const added = [...is.denies].some((text) => !was.denies.has(text));
  const removed = [...was.denies].some((text) => !is.denies.has(text));
  if (was.others !== is.others || (added && removed)) return "undecided";
  if (added) return "narrowed";
  return removed ? "widened" : undefined;
}
