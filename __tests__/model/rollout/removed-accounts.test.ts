import { removedAccounts } from "../../../src/model/rollout/removed-accounts";
import { pruneLock } from "../../../src/model/rollout/confirmation";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { modelOf, rolledOut } from "../deployed";
import { printed } from "../folder";
import { ACCOUNTS, type Change } from "../organization";

const ROLES = {
  ci: { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] },
  app: { accounts: ["*"], except: ["shared"], trusts: [{ account: "shared", role: "ci" }] },
};
const { client, ...OTHERS } = ACCOUNTS;
const DONE = rolledOut(modelOf({ roles: ROLES, accounts: { client, ...OTHERS } }));

/** What is said when the files change after the rollout. */
function said(change: Change, lock = DONE.lock): readonly string[] {
  const model = modelWithLock(modelOf({ roles: ROLES, ...change }), lock);
  return printed(removedAccounts(model, "trust.lock.json"));
}

test("nothing is said of accounts that are there, also under another name", () => {
  expect(said({ accounts: { client, ...OTHERS } })).toEqual([]);
  expect(said({ accounts: { customer: client, ...OTHERS } })).toEqual([]);
});

test("an account that is taken out is told until it is pruned from the lock", () => {
  const roles = { ci: ROLES.ci };
  const accounts = OTHERS;

  expect(said({ accounts, roles })).toEqual([
    'warning: trust.lock.json:1:1 stacks["client"]: expected account 111122223333 among those that get a stack, as long as client is deployed, found none: once the others are deployed, the deployer may not get in to destroy what is there, do: run npx crosstrust status --since with a revision that has the account: it names what to destroy first; npx crosstrust confirm --prune forgets it then',
  ]);
  const pruned = pruneLock(modelWithLock(modelOf({ accounts, roles }), DONE.lock), DONE.lock);
  expect(said({ accounts, roles }, pruned)).toEqual([]);
});
