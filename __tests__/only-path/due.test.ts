import { accountParts, accountUses } from "../../src/model/account-uses";
import { onlyPathPolicies } from "../../src/only-path/only-path";
import { digestOf } from "../../src/trust/trust-terms";
import { example, guardedOf } from "./example";

test("the management account's stack is due when a control policy says something else, by whatever reason", () => {
  const { inside, outside } = onlyPathPolicies(guardedOf("prod"));
  const uses = accountUses(accountParts(example())("root"));
  expect(uses["control policies of 100000000004"]).toBe(
    digestOf([inside.document, outside.document]),
  );
});
