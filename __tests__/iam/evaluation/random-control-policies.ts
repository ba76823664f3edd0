import type { AccessRequest, ControlPolicies } from "../../../src/iam/evaluation/request";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { FULL_ACCESS } from "./control-policies-of-case";
import type { Random } from "./random";
import { randomConditions } from "./random-conditions";

/** What service and resource control policies bind of a request. */
export interface Controlled {
  readonly scp?: ControlPolicies;
  readonly rcp?: ControlPolicies;
}

/**
 * Control policies for a request, of which most let it through. Resource control policies deny alone:
 * AWS takes no other Allow than that of RCPFullAWSAccess.
 */
export function randomControlPolicies(
  random: Random,
  { caller, action, resource, context }: AccessRequest,
): Controlled {
  const statement = (effect: Statement["Effect"]): Statement => ({
    Effect: effect,
    Action: random.pick(actionsFor(action)),
    ...(random.chance(0.25)
      ? { NotResource: random.some([OTHER, resource.arn], 1, 2) }
      : { Resource: random.pick(["*", "*", resource.arn, OTHER]) }),
    Condition: effect === "Deny" ? randomConditions(random, caller, context) : undefined,
  });
  const denies = (): readonly Statement[] =>
    random.chance(0.6)
      ? [statement("Deny"), ...(random.chance(0.3) ? [statement("Deny")] : [])]
      : [];
  const levelsOf = (level: (name: string) => ControlPolicies[number]): ControlPolicies =>
    ["root", "unit", "account"].slice(0, random.pick([1, 1, 2, 3])).map(level);
  return {
    scp:
      caller.accountId === undefined || random.chance(0.3)
        ? undefined
        : levelsOf((name) => [
            ...(random.chance(0.85)
              ? [FULL_ACCESS.service]
              : [{ name: `${name}-allow`, document: policyDocument([statement("Allow")]) }]),
            { name: `${name}-deny`, document: policyDocument([HARMLESS, ...denies()]) },
          ]),
    rcp: random.chance(0.3)
      ? undefined
      : levelsOf((name) => [
          FULL_ACCESS.resource,
          {
            name: `${name}-deny`,
            document: policyDocument(
              [HARMLESS, ...denies()].map((each) => ({ ...each, Principal: "*" })),
            ),
          },
        ]),
  };
}

const OTHER = "arn:aws:s3:::other/*";

const HARMLESS: Statement = { Effect: "Deny", Action: "s3:DeleteBucket", Resource: OTHER };

function actionsFor(action: string): readonly (readonly string[])[] {
  const [service, name] = action.split(":");
  return [
    [`${service}:*`],
    [action],
    [`${service}:${name.slice(0, 3)}*`, "s3:DeleteBucket"],
    ["s3:DeleteBucket"],
    ["iam:CreateUser"],
  ];
}
