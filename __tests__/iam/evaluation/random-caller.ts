import type { Caller, RequestContext } from "../../../src/iam/evaluation/request";
import type { Random } from "./random";

export const TRUSTED = "111122223333";
export const TRUSTING = "444455556666";
export const OTHER = "100000000001";
export const ROLE_ARN = `arn:aws:iam::${TRUSTING}:role/crosstrust/foo_bar`;

/** A caller as the generator knows it, without policies. */
export type Who = Omit<Caller, "identityPolicies" | "permissionsBoundary" | "sessionPolicies">;

export const OIDC = `arn:aws:iam::${TRUSTING}:oidc-provider/token.actions.githubusercontent.com`;
export const SAML = `arn:aws:iam::${TRUSTING}:saml-provider/Corp`;

function roleOf(accountId: string, pathAndName: string, uniqueId: string): Who {
  const arn = `arn:aws:iam::${accountId}:role/${pathAndName}`;
  return { kind: "role", arn, accountId, uniqueId, sessionName: "deploy" };
}

function userOf(accountId: string, pathAndName: string, uniqueId: string): Who {
  return {
    kind: "user",
    arn: `arn:aws:iam::${accountId}:user/${pathAndName}`,
    accountId,
    uniqueId,
  };
}

/** Twice where more cases are wanted. */
export const CALLERS: readonly Who[] = [
  roleOf(TRUSTED, "bar", "AROABARBARBARBARBAR01"),
  roleOf(TRUSTED, "bar", "AROABARBARBARBARBAR01"),
  roleOf(TRUSTED, "team/blue/teambar", "AROATEAMTEAMTEAMTEAM1"),
  userOf(TRUSTED, "people/alice", "AIDAALICEALICEALICE01"),
  roleOf(TRUSTING, "local", "AROALOCALLOCALLOCAL01"),
  roleOf(TRUSTING, "local", "AROALOCALLOCALLOCAL01"),
  userOf(TRUSTING, "lou", "AIDALOCALLOCALLOCAL01"),
  { kind: "service", arn: "lambda.amazonaws.com" },
  { kind: "federated", arn: OIDC },
  { kind: "federated", arn: SAML },
];

/** The session ARN of a role: STS leaves the path out. */
export function sessionArnOf({ arn, accountId, sessionName }: Who): string {
  return `arn:aws:sts::${accountId}:assumed-role/${arn.split("/").pop()}/${sessionName}`;
}

const TIME = "2026-11-23T10:00:00Z";

/** What the request carries; each key present in some requests and absent in others. */
export function randomContext(random: Random, who: Who): RequestContext {
  const maybe = <T>(values: readonly T[], probability: number): T | undefined =>
    random.chance(probability) ? random.pick(values) : undefined;
  const principal = who.kind === "role" || who.kind === "user";
  const tagged = random.chance(0.15);
  const mfa = who.kind === "user" && random.chance(0.6);
  return {
    externalId: who.kind === "federated" || tagged ? undefined : maybe(EXTERNAL_IDS, 0.7),
    roleSessionName: tagged ? undefined : maybe(["alice", "build"], 0.8),
    organizationId: principal ? maybe(["o-a1b2c3d4e5", "o-zzzzzzzzzz"], 0.8) : undefined,
    mfa,
    mfaAge: mfa ? maybe([100, 4000], 0.9) : undefined,
    // AWS demands a source identity of a role on both sides, which the simulator does not know.
    sourceIdentity:
      who.kind === "user" && !tagged && random.chance(0.15)
        ? random.pick(["alice", "bob"])
        : undefined,
    sessionTags: tagged ? random.pick(TAG_SETS) : undefined,
    transitiveTagKeys: tagged ? maybe([["team"], ["team", "env"]], 0.5) : undefined,
    time: TIME,
    sourceIp: maybe(["203.0.113.7", "198.51.100.9"], 0.8),
    keys: {
      ...(principal && random.chance(0.7) && TEAMS[random.pick(["blue", "red"] as const)]),
      ...(who.kind === "role" && { "aws:TokenIssueTime": "2026-11-23T09:30:00Z" }),
      ...(who.arn === OIDC && {
        "token.actions.githubusercontent.com:repository": random.pick(["acme/infra", "evil/x"]),
      }),
    },
  };
}

const TEAMS = {
  blue: { "aws:PrincipalTag/team": "blue", "aws:PrincipalTag/digest": "QmFy" },
  red: { "aws:PrincipalTag/team": "red", "aws:PrincipalTag/digest": "QmF6" },
} as const;
const EXTERNAL_IDS = ["some_key_build", "Other", "alice"];
const TAG_SETS: readonly Readonly<Record<string, string>>[] = [
  { team: "blue" },
  { team: "red", env: "dev" },
  { env: "prod" },
];
