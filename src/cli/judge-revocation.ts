import { accessOf, type Access } from "../estate/access";
import type { Estate } from "../estate/estate";
import { Reach, type Chain } from "../estate/reach";
import type { Model, Role } from "../model/model";
import { onlyPathsWith } from "../model/resolve/resolve-only-paths";
import { trustPolicy } from "../trust/trust-policy";
import { estateOfModel } from "./estate-of-model";
import { recordRevocations, type Reached } from "./record-revocations";
import { trustsOf, type RevokedTrusts } from "./revoked-trusts";
import type { Terminal } from "./terminal";

/** What a revocation comes to, judged on synthesized stacks before anything is written. */
export interface JudgedRevocation {
  /** The model once the trusts are gone, and that is recorded. */
  readonly after: Model;
  /** Accesses that end with it. */
  readonly ended: readonly Access[];
  /** How those whom the trusts let in still come to be the role: by another trust, or as another role. */
  readonly left: readonly Chain[];
  /** By the ARN of each role whose trust goes. */
  readonly reached: ReadonlyMap<string, Reached>;
}

/** Judges a revocation: by the stacks as they are, and as they are without the trusts. */
export async function judgeRevocation(
  terminal: Terminal,
  model: Model,
  revoked: RevokedTrusts,
): Promise<JudgedRevocation> {
  const before = await estateOfModel(model, terminal);
  const modelAfter = withoutTrusts(model, revoked);
  const after = await estateOfModel(modelAfter, terminal);
  const accesses = accessOf(before, { unlisted: "do not exist" });
  const stay = accessOf(after, { unlisted: "do not exist" });
  const stays = new Set(stay.map(keyOf));
  const letIn = letInBy(before, revoked);
  const reachAfter = new Reach(stay);
  const reach = new Reach(accesses);
  const reached = new Map(
    revoked.roles.map(({ arn }) => [
      arn,
      { roles: definedRoles(before, reach, arn), steps: reach.longestFrom(arn) },
    ]),
  );
  return {
    after: { ...modelAfter, lock: recordRevocations(model.lock, revoked, reached) },
    ended: letIn.filter((each) => !stays.has(keyOf(each))),
    left: letIn.flatMap(({ principal, roleArn }) =>
      reachAfter.chainsTo(roleArn).filter((chain) => chain.principal === principal),
    ),
    reached,
  };
}

/** Whom the trusts let in, whatever other trusts the roles have. */
function letInBy(estate: Estate, revoked: RevokedTrusts): readonly Access[] {
  const identities = new Map(estate.identities);
  for (const role of revoked.roles) {
    const identity = identities.get(role.arn);
    if (identity === undefined) continue;
    identities.set(role.arn, { ...identity, trustPolicy: trustPolicy(trustsOf(revoked, role)) });
  }
  const arns = new Set(revoked.roles.map(({ arn }) => arn));
  return accessOf({ ...estate, identities }, { unlisted: "do not exist" }).filter(({ roleArn }) =>
    arns.has(roleArn),
  );
}

function definedRoles({ identities }: Estate, reach: Reach, arn: string): readonly string[] {
  return reach
    .chainsFrom(arn)
    .map(({ steps }) => steps.at(-1)?.roleArn ?? "")
    .filter((role) => identities.get(role)?.defined === true)
    .sort();
}

/** The model once the trusts are gone; permissions that go with them are left, so that they hide nothing. */
function withoutTrusts(model: Model, revoked: RevokedTrusts): Model {
  const changed = new Set(revoked.roles);
  const roles = model.roles.map((role): Role => {
    if (!changed.has(role)) return role;
    const gone = new Set(trustsOf(revoked, role));
    return { ...role, trusts: role.trusts.filter((trust) => !gone.has(trust)) };
  });
  return { ...model, roles, onlyPaths: onlyPathsWith(model.onlyPaths, roles, model.settings) };
}

function keyOf({ roleArn, principal }: Access): string {
  return `${roleArn} ${principal}`;
}
