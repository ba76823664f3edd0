import fc from "fast-check";
import { estateOfModel } from "../../src/cli/estate-of-model";
import { judgeRevocation } from "../../src/cli/judge-revocation";
import { revokedTrusts } from "../../src/cli/revoked-trusts";
import { accessOf } from "../../src/estate/access";
import { callerOf } from "../../src/estate/caller-of";
import type { Estate } from "../../src/estate/estate";
import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { REVOKE_OLDER_SESSIONS } from "../../src/iam/revoke-older-sessions";
import type { Model } from "../../src/model/model";
import {
  openRevocations,
  recordRevocation,
  rolesToSeal,
} from "../../src/model/rollout/revocations";
import { recordSeals } from "../../src/model/rollout/seals";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { modelOf } from "../stacks/organization";
import { FakeTerminal } from "./fake-terminal";

const ACCOUNTS = {
  a: { id: "111122223333" },
  b: { id: "444455556666" },
  c: { id: "777788889999" },
};
const ROLES = ["r0", "r1", "r2", "r3", "r4"];
const SEAL = new Date("2026-11-23T10:00:00Z");

/** An organization of five roles that trust one another at random, and a user by his group or by name. */
const organization = fc
  .tuple(
    ...ROLES.map((own) =>
      fc.record({
        account: fc.constantFrom("a", "b", "c"),
        trusted: fc.subarray(ROLES.filter((role) => role !== own)),
        user: fc.constantFrom("group", "user", "both", "none"),
        service: fc.boolean(),
      }),
    ),
  )
  .map((drawn) => ({
    accounts: ACCOUNTS,
    identities: { a: { users: { alice: {} }, groups: { people: { users: ["alice"] } } } },
    roles: Object.fromEntries(
      drawn.map(({ account, trusted, user, service }, index) => [
        ROLES[index],
        {
          accounts: [account],
          trusts: [
            ...trusted.map((role) => ({ account: drawn[ROLES.indexOf(role)].account, role })),
            ...(user === "group" || user === "both" ? [{ account: "a", group: "people" }] : []),
            ...(user === "user" || user === "both" ? [{ account: "a", user: "alice" }] : []),
            ...(service ? [{ service: "ecs-tasks.amazonaws.com" }] : []),
          ],
        },
      ]),
    ),
  }));

function accesses(estate: Estate): ReadonlySet<string> {
  return new Set(
    accessOf(estate, { unlisted: "do not exist" }).map(
      ({ principal, roleArn, result }) => `${result} ${principal} in ${roleArn}`,
    ),
  );
}

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
  [...some].filter((each) => !others.has(each));

function withoutTrust(
  written: { readonly roles: Readonly<Record<string, { readonly trusts: readonly object[] }>> },
  key: string,
  position: number,
): Readonly<Record<string, unknown>> {
  const trusts = written.roles[key].trusts.filter((_, index) => index !== position);
  return { ...written, roles: { ...written.roles, [key]: { ...written.roles[key], trusts } } };
}

/** Whether the seal denies a session of the role that was issued then. */
function isDenied(estate: Estate, arn: string, issued: Date, action: string): boolean {
  const identity = estate.identities.get(arn);
  if (identity === undefined) throw new Error(`${arn} is not there`);
  const { result, decidedBy } = evaluateAccess({
    caller: callerOf(identity),
    action,
    resource: { arn: "arn:aws:s3:::any/object", accountId: identity.accountId },
    context: { keys: { "aws:TokenIssueTime": issued.toISOString() } },
  });
  return result === "denied" && decidedBy.some(({ policy }) => policy === REVOKE_OLDER_SESSIONS);
}

test("nobody loses or gains a way in but those whom the trust that is taken out names", async () => {
  await fc.assert(
    fc.asyncProperty(organization, fc.nat(), fc.nat(), async (written, anyRole, anyTrust) => {
      const key = ROLES[anyRole % ROLES.length];
      const { trusts } = written.roles[key];
      fc.pre(trusts.length > 0);
      const model = modelOf(written);
      const position = anyTrust % trusts.length;
      const one = { ...revokedTrusts(model, key), positions: [position] };
      const terminal = new FakeTerminal();
      const { ended, left } = await judgeRevocation(terminal, model, one);
      const before = accesses(await estateOfModel(model, terminal));
      const after = accesses(
        await estateOfModel(modelOf(withoutTrust(written, key, position)), terminal),
      );
      expect(without(after, before)).toEqual([]);
      const lost = without(before, after);
      expect([...lost].sort()).toEqual(
        ended
          .map(({ principal, roleArn, result }) => `${result} ${principal} in ${roleArn}`)
          .sort(),
      );
      for (const { principal, steps } of left) {
        const way = [principal, ...steps.map(({ roleArn }) => roleArn)];
        for (const [index, roleArn] of way.slice(1).entries()) {
          expect(after).toContain(`allowed ${way[index]} in ${roleArn}`);
        }
      }
    }),
    { numRuns: 15 },
  );
});

async function sealed(
  written: Readonly<Record<string, unknown>>,
  key: string,
): Promise<{ readonly model: Model; readonly arns: ReadonlySet<string> }> {
  const model = modelOf(written);
  const revoked = revokedTrusts(model, key);
  const [{ arn }] = revoked.roles;
  const { reached } = await judgeRevocation(new FakeTerminal(), model, revoked);
  const { roles = [], steps = 0 } = reached.get(arn) ?? {};
  const lock = recordRevocation(EMPTY_LOCK, arn, {
    principals: [],
    at: "2026-11-23T09:00:00Z",
    reaches: roles,
    sealsLeft: 1 + steps,
  });
  const known = modelWithLock(model, lock);
  const revocations = openRevocations(known);
  const toSeal = rolesToSeal(known, revocations);
  return {
    model: modelWithLock(model, recordSeals(known, revocations, toSeal, SEAL)),
    arns: new Set(toSeal.map((role) => role.arn)),
  };
}

test("a seal denies everything to every session issued before it, in the role and whatever it reaches; no other session, and no new one", async () => {
  await fc.assert(
    fc.asyncProperty(
      organization,
      fc.nat(),
      fc.integer({ min: -100_000_000, max: 100_000_000 }),
      fc.constantFrom("s3:GetObject", "sts:AssumeRole", "iam:CreateUser"),
      async (written, anyRole, apart, action) => {
        const key = ROLES[anyRole % ROLES.length];
        fc.pre(written.roles[key].trusts.length > 0);
        const terminal = new FakeTerminal();
        const unsealed = await estateOfModel(modelOf(written), terminal);
        const { model, arns } = await sealed(written, key);
        const estate = await estateOfModel(model, terminal);
        expect(accesses(estate)).toEqual(accesses(unsealed));
        const issued = new Date(SEAL.getTime() + apart * 1_000);
        for (const { arn } of model.roles) {
          expect([arn, isDenied(estate, arn, issued, action)]).toEqual([
            arn,
            arns.has(arn) && issued < SEAL,
          ]);
        }
        const [start] = model.roles.filter((role) => role.key === key);
        for (const access of accessOf(estate, { unlisted: "do not exist" })) {
          if (access.principal === start.arn) expect(arns).toContain(access.roleArn);
          if (arns.has(access.principal)) expect(arns).toContain(access.roleArn);
        }
      },
    ),
    { numRuns: 15 },
  );
});
