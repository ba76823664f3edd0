import type {
  AssumeRoleRequest,
  NamedPolicy,
  RequestContext,
} from "../../../src/iam/evaluation/request";
import { policyDocument } from "../../../src/iam/policy-document";
import type { OneOrMany, PolicyDocument, Statement } from "../../../src/iam/policy-document";
import type { Random } from "./random";
import { CALLERS, randomContext, ROLE_ARN, TRUSTED, TRUSTING, type Who } from "./random-caller";
import { randomConditions } from "./random-conditions";
import { notPrincipal, principal, type TrustSubject } from "./random-principal";

/**
 * A request with policies of which about every second lets the caller in. Left out, because the two
 * implementations or AWS's pages differ (see docs/evaluation.md; the tables in `cases/` have each):
 * - root users: AWS refuses them, the simulator does not know that;
 * - unique IDs as principals: the simulator never matches them;
 * - the ARN of a role of the same name and another path: the simulator compares names only;
 * - policies of version 2008-10-17: AWS takes variables in them as plain text, the simulator fills
 *   them in;
 * - NotPrincipal with a caller's ARN, but not its account, or the account alone: AWS leaves it open;
 * - a session policy in one account with a trust policy that names the session or everyone: AWS does
 *   not let it limit that, the simulator does;
 * - a short ARN, or a variable without value, in NotResource: AWS says that such a resource matches
 *   nothing or is filled up, the simulator takes the statement out.
 */
export function randomRequest(random: Random): AssumeRoleRequest {
  const who = random.pick(CALLERS);
  const context = randomContext(random, who);
  const hasPolicies = who.kind === "role" || who.kind === "user";
  const session = who.kind === "role" && random.chance(0.15);
  const trust = { who, context, limitedOnly: session && who.accountId === TRUSTING };
  const identity = (least: number): PolicyDocument =>
    documentOf(random, least, 3, () => identityStatement(random, who, context));
  const identityPolicies: NamedPolicy[] = hasPolicies
    ? ["first", "second"]
        .slice(0, random.pick([0, 1, 1, 1, 2]))
        .map((name) => ({ name, document: identity(1) }))
    : [];
  return {
    caller: {
      ...who,
      identityPolicies,
      permissionsBoundary: hasPolicies && random.chance(0.25) ? identity(1) : undefined,
      sessionPolicies: session ? [identity(1)] : undefined,
    },
    role: {
      arn: ROLE_ARN,
      accountId: TRUSTING,
      trustPolicy: documentOf(random, 1, 3, () => trustStatement(random, trust)),
    },
    context,
  };
}

/** A policy of so many statements. */
export function documentOf(
  random: Random,
  least: number,
  most: number,
  statement: () => Statement,
): PolicyDocument {
  const count = least + Math.floor(random.next() * (most - least + 1));
  return policyDocument(Array.from({ length: count }, statement));
}

function trustStatement(random: Random, subject: TrustSubject): Statement {
  const { who, context } = subject;
  const deny = random.chance(0.12);
  const not = random.chance(0.08) && !subject.limitedOnly;
  return {
    Effect: deny ? "Deny" : "Allow",
    ...(not
      ? { NotPrincipal: notPrincipal(random, who) }
      : { Principal: principal(random, subject, deny ? 0.3 : 0.8) }),
    ...actions(random, deny),
    Condition: randomConditions(random, who, context),
  };
}

function actions(random: Random, deny: boolean): Pick<Statement, "Action" | "NotAction"> {
  if (random.chance(0.08)) {
    return {
      NotAction: random.pick<OneOrMany<string>>([
        "s3:*",
        ["iam:*", "sts:TagSession"],
        "sts:Assume*",
      ]),
    };
  }
  return {
    Action: random.pick<OneOrMany<string>>([
      "sts:*",
      ["sts:AssumeRole*", "sts:TagSession", "sts:SetSourceIdentity"],
      ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
      "STS:assumerole*",
      ["sts:?ssumeRole", "sts:AssumeRoleWith*", "sts:*Session", "sts:Set*"],
      ...(deny ? ["sts:TagSession", "sts:SetSourceIdentity"] : ["s3:*"]),
    ]),
  };
}

function identityStatement(random: Random, who: Who, context: RequestContext): Statement {
  const deny = random.chance(0.12);
  return {
    Effect: deny ? "Deny" : "Allow",
    ...actions(random, deny),
    ...resources(random, deny),
    Condition: random.chance(0.4) ? randomConditions(random, who, context) : undefined,
  };
}

function resources(random: Random, deny: boolean): Pick<Statement, "Resource" | "NotResource"> {
  if (random.chance(0.1)) return { NotResource: random.some([...MISSING, ROLE_ARN], 1, 2) };
  const hit = random.chance(deny ? 0.4 : 0.85);
  if (!hit) return { Resource: random.some(MISSING, 1, 2) };
  return {
    Resource: random.chance(0.7)
      ? random.pick(HITTING)
      : [random.pick(MISSING), random.pick(HITTING)],
  };
}

const MISSING = [
  `arn:aws:iam::${TRUSTING}:role/other`,
  `arn:aws:iam::${TRUSTING}:role/foo_bar`,
  `arn:aws:iam::${TRUSTED}:role/*`,
  `arn:aws:iam::*:user/*`,
  `arn:aws:iam::${TRUSTING}:role/crosstrust/foo?`,
  `arn:aws:iam::${TRUSTING}:role/crosstrust/\${aws:username, 'nobody'}`,
];

const HITTING = [
  "*",
  ROLE_ARN,
  ROLE_ARN,
  `arn:aws:iam::*:role/crosstrust/foo_bar`,
  `arn:aws:iam::${TRUSTING}:role/crosstrust/*`,
  `arn:aws:iam::${TRUSTING}:role/*bar`,
  `arn:aws:iam::${TRUSTING}:role/crosstrust/foo?bar`,
  `arn:aws:iam::${TRUSTING}:*`,
  "arn:aws:iam",
  `arn:*:iam::4444*:role/*/foo_*`,
  `arn:aws:iam::${TRUSTING}:role/\${test:absent, 'crosstrust'}/foo_bar`,
  // Only users have a name, and a variable without value covers nothing.
  `arn:aws:iam::${TRUSTING}:role/crosstrust/foo_bar*\${aws:username}`,
];
