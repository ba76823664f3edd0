import type { AccountControlPolicies, Estate, IdentityPolicy, Origin } from "../../estate/estate";
import { MAY_ANYTHING, NO_ACCOUNT } from "../../estate/made-up-callers";
import { mayDo, type Question } from "../../estate/question";
import type { ControlPolicies, TargetResource } from "../../iam/evaluation/request";
import { FULL_ACCESS_POLICIES, type ControlPolicyKind } from "../../iam/full-access-policies";
import type { Statement } from "../../iam/policy-document";
import type { Side } from "./compare-requests";
import type { Comparing } from "./comparing";
import type { Difference, Rewritten } from "./difference";
import { holderPolicies, samePolicies } from "./holder-policies";
import { judgeSuspect, type SuspectDifference } from "./judge-suspect";
import { permissionSamples, type PermissionSample } from "./permission-samples";
import { standsForOthers, type Suspect } from "./suspect";
import { Suspects } from "./suspects";

/** What changed control policies do. */
export interface ControlPolicyComparison {
  readonly differences: readonly Difference[];
  /** Accounts whose control policies are written otherwise, where no request tells the two apart. */
  readonly rewritten: readonly Rewritten[];
}

/**
 * Accounts whose control policies differ, and what these keep whom from on one side alone. A control
 * policy gives nothing: judged are principals who may do anything as far as their own policies go, and
 * resources whose policies let everyone do so. Everything else is compared as if there were none, so
 * that what opens behind them is told. Of an account that one estate alone has nothing is told here.
 */
export function compareControlPolicies(comparing: Comparing): ControlPolicyComparison {
  const { before, after } = comparing;
  const ids = [before, after].flatMap(({ controlPolicies = NONE }) => [...controlPolicies.keys()]);
  const compared = [...new Set(ids)]
    .filter((id) => before.accounts.has(id) === after.accounts.has(id))
    .flatMap((id) =>
      (["service", "resource"] as const).map((kind) => ofAccount(comparing, id, kind)),
    );
  return {
    differences: compared.flatMap(({ differences }) => differences),
    rewritten: compared.flatMap(({ rewritten }) => rewritten),
  };
}

const NONE: ReadonlyMap<string, AccountControlPolicies> = new Map();

/** The control policies of one kind on an account of one estate. */
interface Controls {
  readonly accountId: string;
  readonly kind: ControlPolicyKind;
  readonly levels: ControlPolicies | undefined;
  readonly origins: readonly Origin[];
}

function controlsOf(estate: Estate, accountId: string, kind: ControlPolicyKind): Controls {
  const policies = estate.controlPolicies?.get(accountId);
  const attached = (policies?.attachments ?? []).filter((one) => one.kind === kind);
  return {
    accountId,
    kind,
    levels: policies?.[kind],
    origins: attached.map(({ origin }) => origin),
  };
}

function ofAccount(
  comparing: Comparing,
  accountId: string,
  kind: ControlPolicyKind,
): ControlPolicyComparison {
  const { accounts } = comparing;
  const name = accounts.get(accountId) ?? accountId;
  const sides = [comparing.before, comparing.after].map((one) => controlsOf(one, accountId, kind));
  const [was, is] = sides.map(({ levels = [] }) =>
    holderPolicies({
      policies: levels
        .flat()
        .filter((policy) => policy.name !== FULL_ACCESS_POLICIES[kind].name)
        .map((policy): IdentityPolicy => ({ ...policy, origin: NOWHERE })),
    }),
  );
  if (samePolicies(was, is)) return { differences: [], rewritten: [] };
  const common = {
    kind: "control policy",
    origins: sides[sides[1].origins.length > 0 ? 1 : 0].origins,
  } as const;
  const undecided = (verb: string): Difference => ({
    ...common,
    direction: "undecided",
    who: { principal: accountId, label: `the ${kind} control policies of account ${name}` },
    targetLabel: "",
    verb,
    rest: "",
  });
  if (was.whole.join("\n") !== is.whole.join("\n")) {
    const differences = [undecided("cannot all be read, and may deny more or less")];
    return { differences, rewritten: [] };
  }
  const statements = [was, is].flatMap(({ atoms }) =>
    [...atoms.values()].map(({ statement }) => statement),
  );
  const { samples, complete } = permissionSamples({ was, is }, new Set(), accounts);
  const found = samples.flatMap((sample) =>
    differencesIn(sample, comparing, sides, statements).map(({ suspect, difference }) => ({
      ...common,
      ...sentenceOf(difference, kind),
      who: suspect.who,
      action: sample.shown,
      targetLabel:
        kind === "service"
          ? sample.where
          : sample.where.replace(/^everything/, `everything in ${name}`),
    })),
  );
  const differences = complete ? found : [...found, undecided("differ in more than is told")];
  const [origin = NOWHERE] = common.origins;
  return {
    differences,
    rewritten: differences.length > 0 ? [] : [{ label: name, what: "control policies", origin }],
  };
}

const NOWHERE: Origin = { stack: "", address: "" };

interface Found {
  readonly suspect: Suspect;
  readonly difference: SuspectDifference;
}

/** What is denied, or no longer denied, of one action on one resource; of those alone whom no others stand for. */
function differencesIn(
  sample: PermissionSample,
  { accounts, observe }: Comparing,
  [before, after]: readonly Controls[],
  statements: readonly Statement[],
): readonly Found[] {
  const [, , , , owner = ""] = sample.resource.split(":");
  const resource: TargetResource = {
    arn: sample.resource === "*" ? "arn:aws:any:::other" : sample.resource,
    accountId: before.kind === "service" && owner !== "" ? owner : before.accountId,
    policy: FULL_ACCESS_POLICIES.resource.document,
  };
  const question = mayDo(sample.action, resource);
  const side = ({ kind, levels }: Controls, suspect: Suspect): Side => {
    const { kind: caller, arn, accountId, uniqueId, sessionName } = suspect;
    const serviceControlPolicies = kind === "service" ? levels : undefined;
    const resourceControlPolicies = kind === "resource" ? levels : undefined;
    return {
      caller: {
        ...{ kind: caller, arn, accountId, uniqueId, sessionName },
        ...MAY_ANYTHING,
        serviceControlPolicies,
      },
      resource: { ...resource, resourceControlPolicies },
      grants: [],
    };
  };
  const found = suspectsOf(before, statements, question, accounts).flatMap((suspect) =>
    judgeSuspect(suspect, question, side(before, suspect), side(after, suspect), observe).map(
      (difference): Found => ({ suspect, difference }),
    ),
  );
  const keyOf = (id: string | undefined, { direction, clauses }: SuspectDifference): string =>
    JSON.stringify([id, direction, clauses]);
  const ofOthers = new Set(
    found
      .filter(({ suspect }) => standsForOthers(suspect))
      .map(({ suspect, difference }) => keyOf(suspect.accountId, difference)),
  );
  return found.filter(({ suspect, difference }) => {
    if (suspect.accountId !== NO_ACCOUNT && ofOthers.has(keyOf(NO_ACCOUNT, difference)))
      return false;
    return standsForOthers(suspect) || !ofOthers.has(keyOf(suspect.accountId, difference));
  });
}

/** Whom control policies may treat differently: of service control policies principals of the account alone. */
function suspectsOf(
  { accountId, kind }: Controls,
  statements: readonly Statement[],
  question: Question,
  accounts: ReadonlyMap<string, string>,
): readonly Suspect[] {
  if (/^sts:assumerolewith(saml|webidentity)$/.test(question.kind)) return [PROVIDER];
  const suspects = new Suspects([], accounts);
  if (kind === "resource") return suspects.of([EVERYONE, ...statements], question);
  const owner: Statement = { Effect: "Allow", Principal: { AWS: accountId } };
  return suspects
    .of([owner, ...statements], question)
    .filter((suspect) => suspect.accountId === accountId);
}

const PROVIDER: Suspect = {
  who: { principal: "any identity provider", label: "any identity provider" },
  kind: "federated",
  arn: "*",
};

const EVERYONE: Statement = { Effect: "Allow", Principal: "*" };

function sentenceOf(
  { direction, kind, clauses, evidence }: SuspectDifference,
  policies: ControlPolicyKind,
): Pick<Difference, "direction" | "verb" | "rest" | "evidence"> {
  const policy = `${policies} control policy`;
  const sayings = {
    gains: ["may now do", `: no ${policy} denies it any more`],
    loses: ["may no longer do", `: a ${policy} denies it now`],
    conditions: ["may do", `${clauses.map((one) => ` ${one}`).join(",")}, by a ${policy}`],
    "cannot tell": ["may or may not do", `: what a ${policy} denies cannot be told`],
  } as const;
  const [verb, rest] = sayings[kind];
  return { direction, verb, rest, evidence };
}
