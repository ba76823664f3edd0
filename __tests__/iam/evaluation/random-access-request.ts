import type {
  AccessRequest,
  NamedPolicy,
  RequestContext,
} from "../../../src/iam/evaluation/request";
import type { PolicyDocument, Statement } from "../../../src/iam/policy-document";
import type { Random } from "./random";
import { CALLERS, randomContext, TRUSTING, type Who } from "./random-caller";
import { randomConditions, STRING_OPERATORS, type KeyKind } from "./random-conditions";
import { notPrincipal, principal, type TrustSubject } from "./random-principal";
import { documentOf } from "./random-request";
import { SERVICES, type RandomService } from "./random-services";

/**
 * A request for something that another service than STS holds. Besides what `randomRequest` leaves
 * out, and for the same reasons:
 * - root users: in their own account they may do everything, which the simulator does not know;
 * - callers of identity providers, who have no access but through roles.
 */
export function randomAccessRequest(random: Random): AccessRequest {
  const service = random.pick(SERVICES);
  const who = random.pick(CALLERS.filter(({ kind }) => kind !== "federated"));
  const { organizationId, mfa, mfaAge, time, sourceIp, keys } = randomContext(random, who);
  const hasPolicies = who.kind !== "service";
  const session = who.kind === "role" && random.chance(0.15);
  const context = {
    ...{ organizationId, mfa, mfaAge, time, sourceIp },
    keys: { ...keys, ...random.pick(service.keys), ...(hasPolicies ? {} : random.pick(SOURCES)) },
  };
  const limitedOnly = session && who.accountId === TRUSTING;
  const subject: Subject = { who, context, limitedOnly, service };
  const identity = (): PolicyDocument =>
    documentOf(random, 1, 3, () => identityStatement(random, subject));
  return {
    caller: {
      ...who,
      identityPolicies: (hasPolicies ? ["first", "second"] : [])
        .slice(0, random.pick([0, 1, 1, 1, 2]))
        .map((name): NamedPolicy => ({ name, document: identity() })),
      permissionsBoundary: hasPolicies && random.chance(0.25) ? identity() : undefined,
      sessionPolicies: session ? [identity()] : undefined,
    },
    action: service.action,
    resource: {
      arn: service.arn,
      accountId: TRUSTING,
      policy: random.chance(0.1)
        ? undefined
        : documentOf(random, 1, 3, () => resourceStatement(random, subject)),
    },
    context,
  };
}

interface Subject extends TrustSubject {
  readonly who: Who;
  readonly service: RandomService;
}

function resourceStatement(random: Random, subject: Subject): Statement {
  const { who, limitedOnly, service } = subject;
  const deny = random.chance(0.12);
  const not = random.chance(0.08) && !limitedOnly;
  return {
    Effect: deny ? "Deny" : "Allow",
    ...(not
      ? { NotPrincipal: notPrincipal(random, who) }
      : { Principal: principal(random, subject, deny ? 0.3 : 0.8) }),
    ...actions(random, service, deny),
    ...(service.namesResource ? { Resource: resource(random, service, deny) } : {}),
    Condition: conditions(random, subject),
  };
}

function identityStatement(random: Random, subject: Subject): Statement {
  const { service } = subject;
  const deny = random.chance(0.12);
  return {
    Effect: deny ? "Deny" : "Allow",
    ...actions(random, service, deny),
    ...(random.chance(0.1)
      ? { NotResource: random.some([...NOT_RESOURCES, service.arn], 1, 2) }
      : { Resource: resource(random, service, deny) }),
    Condition: random.chance(0.4) ? conditions(random, subject) : undefined,
  };
}

function actions(
  random: Random,
  { actions: { hitting, missing } }: RandomService,
  deny: boolean,
): Pick<Statement, "Action" | "NotAction"> {
  if (random.chance(0.08)) return { NotAction: random.some([...missing, hitting[0]], 1, 2) };
  const hit = random.chance(deny ? 0.6 : 0.85);
  return { Action: hit ? [random.pick(missing), random.pick(hitting)] : random.pick(missing) };
}

function resource(
  random: Random,
  { resources: { hitting, missing } }: RandomService,
  deny: boolean,
): Statement["Resource"] {
  if (!random.chance(deny ? 0.4 : 0.85)) return random.some(missing, 1, 2);
  return random.chance(0.7) ? random.pick(hitting) : [random.pick(missing), random.pick(hitting)];
}

function conditions(random: Random, { who, context, service }: Subject): Statement["Condition"] {
  const kinds = who.kind === "service" ? [...service.kinds, ...SOURCE_KINDS] : service.kinds;
  return randomConditions(random, who, context, [...kinds, ...kinds, RESOURCE_ACCOUNT]);
}

const NOT_RESOURCES = ["arn:aws:s3:::other/*", `arn:aws:sqs:eu-west-1:${TRUSTING}:other`];

const RESOURCE_ACCOUNT: KeyKind = {
  keys: ["aws:ResourceAccount"],
  operators: STRING_OPERATORS,
  values: [TRUSTING, "100000000001", "4444*"],
};

/** In whose name a service asks. */
const SOURCES: readonly NonNullable<RequestContext["keys"]>[] = [
  {},
  {
    "aws:SourceAccount": "111122223333",
    "aws:SourceOrgID": "o-a1b2c3d4e5",
    "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main",
  },
  { "aws:SourceAccount": "100000000001", "aws:SourceOrgID": "o-zzzzzzzzzz" },
];

const SOURCE_KINDS: readonly KeyKind[] = [
  {
    keys: ["aws:SourceAccount"],
    operators: STRING_OPERATORS,
    values: ["111122223333", "1000*"],
  },
  { keys: ["aws:SourceOrgID"], operators: STRING_OPERATORS, values: ["o-a1b2c3d4e5", "o-*"] },
  {
    keys: ["aws:SourceArn"],
    operators: ["ArnLike", "ArnEquals", "ArnNotLike"],
    values: ["arn:aws:cloudtrail:*:111122223333:trail/*", "arn:aws:s3:::acme-*"],
  },
];
